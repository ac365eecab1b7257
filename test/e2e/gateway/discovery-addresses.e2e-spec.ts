import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startDiscovery, type Discovering } from '../../support/discovering.ts';
import { eventually } from '../../support/eventually.ts';
import { describeWithDnsmasq, startDnsmasq, type TestDnsmasq } from '../../support/start-dnsmasq.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const FAILING = [
  'warn',
  'Name servers do not say where the servers of an upstream are; those known before stay for now',
];
const WELL = ['info', 'Name servers say again where the servers of an upstream are'];
const EMPTY = ['warn', 'Name servers lead to no server of an upstream: calls to it fail'];
const SERVING = ['info', 'Name servers lead to servers of an upstream again'];

let dns: TestDnsmasq;
let open: Discovering | undefined;

const discover = async (name = 'api.test', refreshMs = MINUTE): Promise<Discovering> => {
  const options = { by: 'dns', name, port: 8000, scheme: 'http', dns: { servers: [dns.server], refreshMs } } as const;
  return (open = await startDiscovery(options));
};

const record = (...parts: readonly (string | number)[]): string => `--host-record=api.test,${parts.join()}`;

describeWithDnsmasq('discovery by addresses', () => {
  beforeEach(async () => void (dns = await startDnsmasq([record('10.0.0.1', 30), record('10.0.0.2', 30)])));
  afterEach(async () => {
    open?.close();
    open = undefined;
    await dns.stop();
  });

  it('takes each A record for a server of its own', async () => {
    const { told } = await discover();
    const server = { origin: 'http://api.test:8000', weight: 1, priority: 0 };
    expect(told).toEqual([
      [
        { ...server, id: 'http://10.0.0.1:8000', address: '10.0.0.1' },
        { ...server, id: 'http://10.0.0.2:8000', address: '10.0.0.2' },
      ],
    ]);
  });

  it('takes AAAA records as well, brackets around them', async () => {
    await dns.tell([record('fd00::1', 30), record('fd00::2', 30)]);
    const { ids, told } = await discover();
    expect(ids()).toEqual(['http://[fd00::1]:8000', 'http://[fd00::2]:8000']);
    expect(told[0]?.map(({ address }) => address)).toEqual(['fd00::1', 'fd00::2']);
  });

  it('uses both families side by side', async () => {
    await dns.tell([record('127.0.0.1', '::1', 30)]);
    expect((await discover()).ids()).toEqual(['http://127.0.0.1:8000', 'http://[::1]:8000']);
  });

  it('follows records that are added and taken away, and tells nothing that is no news', async () => {
    const { clock, ids, told } = await discover();
    await dns.tell([record('10.0.0.2', 30), record('10.0.0.3', 30)]);
    await clock.advance(30 * SECOND);
    await eventually(() => expect(ids()).toEqual(['http://10.0.0.2:8000', 'http://10.0.0.3:8000']));
    // The one that stayed is the same still.
    expect(told[1]?.[0]).toBe(told[0]?.[1]);
    await dns.tell([record('10.0.0.3', 30), record('10.0.0.2', 30)]);
    await clock.advance(30 * SECOND);
    await eventually(async () => expect(await dns.asked('AAAA', 'api.test')).toBe(3));
    await eventually(() => expect(clock.pending).toBe(1));
    expect(told).toHaveLength(2);
  });

  it('asks again when the first record is over, and not before', async () => {
    await dns.tell([record('10.0.0.1', 20), record('10.0.0.2', 40)]);
    const { clock } = await discover();
    await clock.advance(20 * SECOND - 1);
    expect(await dns.asked('A', 'api.test')).toBe(1);
    await clock.advance(1);
    expect(await dns.asked('A', 'api.test')).toBe(2);
  });

  it.each([
    ['an hour', 'a minute', 3_600, MINUTE],
    ['nothing', 'a second', 0, SECOND],
  ])('asks again of records that hold for %s after %s', async (_long, _after, ttl, pauseMs) => {
    await dns.tell([`--local-ttl=${ttl}`, record('10.0.0.1')]);
    const { clock } = await discover();
    await clock.advance(pauseMs - 1);
    expect(await dns.asked('A', 'api.test')).toBe(1);
    await clock.advance(1);
    expect(await dns.asked('A', 'api.test')).toBe(2);
  });

  it('asks as often as refreshMs says when that is more often', async () => {
    const { clock } = await discover('api.test', 500);
    await clock.advance(500);
    expect(await dns.asked('A', 'api.test')).toBe(2);
  });

  it.each([
    ['is gone', () => dns.kill()],
    ['refuses', () => dns.tell(['--server=/api.test/#'])],
  ])('keeps the servers while the name server %s, and says so once; follows it when it is back', async (_how, fail) => {
    const { clock, ids, told, logged } = await discover();
    await fail();
    await clock.advance(30 * SECOND);
    await eventually(() => expect(logged()).toEqual([FAILING]));
    for (const waitMs of [1, 2, 4]) {
      await eventually(() => expect(clock.pending).toBe(1));
      await clock.advance(waitMs * SECOND);
    }
    expect(told).toHaveLength(1);
    await eventually(() => expect(clock.pending).toBe(1));
    await dns.tell([record('10.0.0.9', 30)]);
    await clock.advance(8 * SECOND);
    await eventually(() => expect(ids()).toEqual(['http://10.0.0.9:8000']));
    expect(logged()).toEqual([FAILING, WELL]);
  });

  it('keeps the servers while the name server says nothing', async () => {
    const { clock, told, logged } = await discover();
    dns.pause();
    await clock.advance(30 * SECOND);
    await eventually(() => expect(logged()).toEqual([FAILING]));
    expect(told).toHaveLength(1);
  });

  it('believes only the second time that there is no such name', async () => {
    const { clock, ids, logged } = await discover();
    await dns.tell([]);
    await clock.advance(30 * SECOND);
    await eventually(() => expect(logged()).toEqual([FAILING]));
    expect(ids()).toHaveLength(2);
    await clock.advance(SECOND);
    await eventually(() => expect(ids()).toEqual([]));
    expect(logged()).toEqual([FAILING, EMPTY]);
  });

  it('opens without servers when there are none, and finds them when there are', async () => {
    await dns.tell([]);
    const { clock, ids, told, logged } = await discover();
    expect(told).toEqual([]);
    expect(logged()).toEqual([FAILING, EMPTY]);
    await dns.tell([record('10.0.0.1', 30)]);
    await clock.advance(SECOND);
    await eventually(() => expect(ids()).toEqual(['http://10.0.0.1:8000']));
    expect(logged().slice(2)).toEqual([WELL, SERVING]);
  });

  it('leaves out, and says so once, what calls must not go to', async () => {
    await dns.tell([record('169.254.169.254', 30), record('8.8.8.8', 30), record('10.0.0.1', 30)]);
    const { clock, ids, lines } = await discover();
    expect(ids()).toEqual(['http://10.0.0.1:8000']);
    await clock.advance(30 * SECOND);
    await eventually(async () => expect(await dns.asked('A', 'api.test')).toBe(2));
    await eventually(() => expect(clock.pending).toBe(1));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('calls must not go to');
  });

  it('leaves nothing behind, and tells nobody of what is answered later', async () => {
    const { clock, told, lines, close } = await discover();
    dns.pause();
    await clock.advance(30 * SECOND);
    close();
    dns.resume();
    await dns.asked('A', 'api.test');
    expect([clock.pending, told.length, lines]).toEqual([0, 1, []]);
  });
});
