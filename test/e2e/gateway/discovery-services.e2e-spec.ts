import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startDiscovery, type Discovering } from '../../support/discovering.ts';
import { eventually } from '../../support/eventually.ts';
import { describeWithDnsmasq, startDnsmasq, type TestDnsmasq } from '../../support/start-dnsmasq.ts';

const SECOND = 1_000;
const NAME = '_http._tcp.api.test';

let dns: TestDnsmasq;
let open: Discovering | undefined;

const discover = async (network: 'public' | 'private' = 'public', refreshMs = 60_000): Promise<Discovering> => {
  const options = { by: 'srv', name: NAME, scheme: 'http', dns: { servers: [dns.server], refreshMs } } as const;
  return (open = await startDiscovery(options, { network }));
};

const service = (...parts: readonly (string | number)[]): string => `--srv-host=${[NAME, ...parts].join()}`;
const host = (...parts: readonly (string | number)[]): string => `--host-record=${parts.join()}`;
const A = host('a.test', '10.0.0.1', 30);
const B = host('b.test', '10.0.0.2', 30);

describeWithDnsmasq('discovery by services', () => {
  beforeEach(async () => {
    dns = await startDnsmasq([A, B, service('a.test', 8000, 0, 3), service('b.test', 80, 1, 5)]);
  });
  afterEach(async () => {
    open?.close();
    open = undefined;
    await dns.stop();
  });

  it('has servers, ports, weights and priorities of the records', async () => {
    const { told } = await discover();
    const first = { id: 'http://10.0.0.1:8000', origin: 'http://a.test:8000', address: '10.0.0.1' };
    const second = { id: 'http://10.0.0.2:80', origin: 'http://b.test', address: '10.0.0.2' };
    expect(told).toEqual([
      [
        { ...first, weight: 3, priority: 0 },
        { ...second, weight: 5, priority: 1 },
      ],
    ]);
  });

  it('divides the weight of a target among its addresses, and counts nobody as none who has none of anybody', async () => {
    const twice = [host('a.test', '10.0.0.1', 30), host('a.test', '10.0.0.3', 30)];
    const records = [service('a.test', 1, 0, 3), service('b.test', 2, 0, 0), service('b.test', 3, 1, 0)];
    await dns.tell([...twice, B, ...records]);
    const { told } = await discover();
    expect(told[0]?.map(({ id, weight }) => [id, weight])).toEqual([
      ['http://10.0.0.1:1', 1.5],
      ['http://10.0.0.2:2', 0],
      ['http://10.0.0.3:1', 1.5],
      ['http://10.0.0.2:3', 1],
    ]);
  });

  it('has one server once, by its better record', async () => {
    await dns.tell([A, host('c.test', '10.0.0.1', 30), service('a.test', 80, 2, 1), service('c.test', 80, 1, 1)]);
    const { told } = await discover();
    expect(told[0]).toMatchObject([{ id: 'http://10.0.0.1:80', origin: 'http://c.test', priority: 1 }]);
    expect(told[0]).toHaveLength(1);
  });

  it('follows records that are added and taken away, every 10 s', async () => {
    const { clock, ids } = await discover();
    await dns.tell([B, host('c.test', '10.0.0.3', 30), service('b.test', 80, 1, 5), service('c.test', 80, 1, 5)]);
    await clock.advance(10 * SECOND - 1);
    expect(await dns.asked('SRV', NAME)).toBe(1);
    await clock.advance(1);
    await eventually(() => expect(ids()).toEqual(['http://10.0.0.2:80', 'http://10.0.0.3:80']));
  });

  it('follows the addresses of a target for as long as they hold', async () => {
    await dns.tell([host('a.test', '10.0.0.1', 5), service('a.test', 80)]);
    const { clock, ids } = await discover();
    await dns.tell([host('a.test', '10.0.0.7', 5), service('a.test', 80)]);
    await clock.advance(5 * SECOND);
    await eventually(() => expect(ids()).toEqual(['http://10.0.0.7:80']));
  });

  it('leaves out a target without an address, names it in the log, and serves by the others', async () => {
    await dns.tell([A, service('a.test', 80), service('nowhere.test', 80)]);
    const { ids, lines } = await discover();
    expect(ids()).toEqual(['http://10.0.0.1:80']);
    expect(lines).toEqual([expect.stringContaining('nowhere.test: there is no such name')]);
  });

  it('has no server when the service is said not to be there, at once', async () => {
    const { clock, ids, lines } = await discover();
    await dns.tell([service()]);
    await clock.advance(10 * SECOND);
    await eventually(() => expect(ids()).toEqual([]));
    expect(lines.at(-1)).toContain('nobody offers this service');
  });

  it('believes only the second time that there is no such record', async () => {
    const { clock, ids, lines } = await discover();
    await dns.tell([A, B]);
    await clock.advance(10 * SECOND);
    await eventually(() => expect(lines).toHaveLength(1));
    expect(ids()).toHaveLength(2);
    await clock.advance(SECOND);
    await eventually(() => expect(ids()).toEqual([]));
  });

  it('keeps all servers while the name server is gone, and follows it when it is back', async () => {
    const { clock, ids, told, lines } = await discover();
    await dns.kill();
    await clock.advance(10 * SECOND);
    await eventually(() => expect(lines).toHaveLength(1));
    expect(told).toHaveLength(1);
    await dns.tell([A, service('a.test', 81)]);
    await clock.advance(SECOND);
    await eventually(() => expect(ids()).toEqual(['http://10.0.0.1:81']));
  });

  it('goes by the name of the service, whatever a target is called, when it judges where calls may go', async () => {
    await dns.tell([
      host('localhost.test', '169.254.169.254', 30),
      A,
      service('localhost.test', 80),
      service('a.test', 80),
    ]);
    expect((await discover('private')).ids()).toEqual(['http://10.0.0.1:80']);
  });

  it('stops asking, for addresses too, when it is closed meanwhile', async () => {
    const { clock, told, lines, close } = await discover();
    dns.pause();
    await clock.advance(10 * SECOND);
    close();
    dns.resume();
    expect(await dns.asked('A', 'a.test')).toBe(1);
    expect([clock.pending, told.length, lines]).toEqual([0, 1, []]);
  });
});
