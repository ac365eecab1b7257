import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LyingResolver } from '../../../test/support/lying-resolver.ts';
import { describeWithDnsmasq, startDnsmasq, type TestDnsmasq } from '../../../test/support/start-dnsmasq.ts';
import { NameServers } from './name-servers.ts';

const NOBODY = new LyingResolver(() => []);
const NONE = { kind: 'none' };
const records = (...of: string[]) => ({ kind: 'records', records: of });

describeWithDnsmasq('name servers that are given', () => {
  let dns: TestDnsmasq;
  const ask = (system = NOBODY): NameServers => new NameServers([dns.server], system);

  beforeAll(async () => {
    const addresses = ['--host-record=api.test,10.0.0.1,fd00::1,7', '--host-record=api.test,10.0.0.2,5'];
    dns = await startDnsmasq([...addresses, '--srv-host=_x._tcp.test,API.test,81,2,3', '--srv-host=_y._tcp.test']);
  });
  afterAll(() => dns.stop());

  it('give addresses, with the least time that they hold', async () =>
    expect(await ask().addresses('api.test')).toEqual([
      { ...records('10.0.0.1', '10.0.0.2'), ttlMs: 5_000 },
      { ...records('fd00::1'), ttlMs: 7_000 },
    ]));

  it('give services', async () => {
    const found = { kind: 'records', records: [expect.objectContaining({ port: 81, priority: 2, weight: 3 })] };
    expect(await ask().services('_x._tcp.test')).toEqual(found);
    expect(await ask().services('_y._tcp.test')).toMatchObject({ records: [{ name: '' }] });
  });

  it('know no such name, or have no such records', async () => {
    expect(await ask().addresses('other.test')).toEqual([NONE, NONE]);
    expect(await ask().addresses('_x._tcp.test')).toEqual([NONE, NONE]);
    expect(await ask().services('api.test')).toEqual(NONE);
  });

  it.each([
    ['api.example', 'EREFUSED'],
    ['a..b', 'EBADNAME'],
  ])('fail for %s: %s', async (name, reason) =>
    expect(await ask().addresses(name)).toEqual([
      { kind: 'failed', reason },
      { kind: 'failed', reason },
    ]),
  );

  it('are not outdone by what this machine says', async () => {
    const system = new LyingResolver(() => ['127.0.0.1']);
    await ask(system).addresses('other.test');
    await ask(system).addresses('localhost');
    expect(system.asked).toEqual([]);
  });

  it('are not asked about addresses', async () => {
    const system = new LyingResolver(() => ['10.0.0.9']);
    expect(await ask(system).addresses('10.0.0.9')).toEqual([records('10.0.0.9'), NONE]);
  });

  it('fail at once when asking is over, and are asked no more', async () => {
    const servers = ask();
    dns.pause();
    const late = servers.services('_x._tcp.test');
    servers.cancel();
    const cancelled = { kind: 'failed', reason: 'ECANCELLED' };
    expect(await late).toEqual(cancelled);
    expect(await servers.addresses('api.test')).toEqual([cancelled, cancelled]);
    expect(await servers.services('_x._tcp.test')).toEqual(cancelled);
    dns.resume();
  });
});

describe('the name servers of the system', () => {
  it.each(['localhost', 'api.localhost', 'api.localhost.'])('are not asked about %s', async (name) => {
    const system = new LyingResolver(() => ['127.0.0.1', '::1']);
    expect(await new NameServers([], system).addresses(name)).toEqual([records('127.0.0.1'), records('::1')]);
    expect(system.asked).toEqual([name]);
  });
});

describeWithDnsmasq('name servers that are those of the system', () => {
  let dns: TestDnsmasq;
  const system = new LyingResolver((times) => (times === 0 ? ['10.0.0.9', 'fd00::9'] : []));
  const ask = (name: string) => new NameServers([dns.server], system, true).addresses(name);

  beforeAll(async () => void (dns = await startDnsmasq(['--host-record=api.test,10.0.0.1'])));
  afterAll(() => dns.stop());

  it('are believed where they know a name, or do not want to say', async () => {
    expect(await ask('api.test')).toMatchObject([records('10.0.0.1'), NONE]);
    expect(await ask('api.example')).toMatchObject([{ reason: 'EREFUSED' }, { reason: 'EREFUSED' }]);
    expect(system.asked).toEqual([]);
  });

  it('leave to the hosts file what they do not know, or nobody does', async () => {
    expect(await ask('other.test')).toEqual([records('10.0.0.9'), records('fd00::9')]);
    expect(await ask('other.test')).toEqual([NONE, NONE]);
    await dns.kill();
    const refused = { kind: 'failed', reason: 'ECONNREFUSED' };
    expect(await ask('other.test')).toEqual([refused, refused]);
    expect(system.asked).toHaveLength(3);
  });
});
