import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { ageVault } from '../../contracts/age-vault.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { openSharingToken, type SharingToken } from '../../support/sharing-token.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../support/start-redis.ts';
import { TestIssuer } from '../../support/test-issuer.ts';

const CROWD = 100;

describeWithRedis('instances that share a Redis', () => {
  let redis: TestRedis;
  let issuer: TestIssuer;
  let opened: SharingToken[];

  beforeEach(async () => {
    redis = await startRedis();
    issuer = new TestIssuer();
    opened = [];
  });
  afterEach(async () => {
    issuer.release();
    await Promise.all(opened.map((instance) => instance.close()));
    await redis.stop();
  });

  const open = async (own: Partial<Parameters<typeof openSharingToken>[0]> = {}): Promise<SharingToken> => {
    const instance = await openSharingToken({ url: redis.url, issuer, ...own });
    opened.push(instance);
    return instance;
  };
  const openThree = () => Promise.all([open(), open(), open()]);
  const crowds = async (calls: (() => Promise<string | undefined>)[]): Promise<Set<string | undefined>> =>
    new Set(await Promise.all(calls.flatMap((call) => Array.from({ length: CROWD }, call))));

  describe('ask for one token', () => {
    it('when there is none', async () => {
      const instances = await openThree();
      expect(await crowds(instances.map(({ read }) => read))).toEqual(new Set(['issued-1']));
      expect(issuer.requests.length).toBe(1);
    });

    it('when theirs is revoked', async () => {
      const instances = await openThree();
      await Promise.all(instances.map(({ read }) => read()));
      expect(await crowds(instances.map(({ renew }) => renew))).toEqual(new Set(['issued-2']));
      expect(await crowds(instances.map(({ read }) => read))).toEqual(new Set(['issued-2']));
      expect(issuer.requests.length).toBe(2);
    });

    it('when one of them learns late that it was revoked', async () => {
      const [one, other] = await openThree();
      await Promise.all([one.read(), other.read()]);
      expect([await one.renew(), await other.read(), await other.renew()]).toEqual([
        'issued-2',
        'issued-1',
        'issued-2',
      ]);
      expect(issuer.requests.length).toBe(2);
    });

    it('when theirs has lived four fifths of its life, with nobody waiting', async () => {
      const clocks = [new FakeClock(), new FakeClock()] as const;
      const instances = await Promise.all(clocks.map((clock) => open({ clock })));
      const readAll = () => Promise.all(instances.map(({ read }) => read()));
      // One after the other: nobody moves the clock of one who waits.
      for (const { read } of instances) expect(await read()).toBe('issued-1');
      for (const clock of clocks) await clock.advance(80_000);
      await ageVault(instances[0]!.redis, 80_000);
      issuer.hold();
      expect(await readAll()).toEqual(['issued-1', 'issued-1']);
      await eventually(() => expect(issuer.requests.length).toBe(2));
      expect(await readAll()).toEqual(['issued-1', 'issued-1']);
      issuer.release();
      await eventually(async () => {
        for (const clock of clocks) await clock.advance(1);
        expect(await readAll()).toEqual(['issued-2', 'issued-2']);
      });
      expect(issuer.requests.length).toBe(2);
    });

    it('and those who start later use it, for as long as it still lives', async () => {
      const clock = new FakeClock();
      const first = await open();
      await first.read();
      await ageVault(first.redis, 60_000);
      const late = await open({ clock });
      expect(await late.read()).toBe('issued-1');
      await Promise.all([clock.advance(38_000), ageVault(first.redis, 38_000)]);
      await late.read();
      await eventually(() => expect(issuer.requests.length).toBe(2));
    });
  });

  it('ask each for their own when it is not for the same', async () => {
    const instances = [await open(), await open({ request: { scope: 'write' } }), await open({ request: {} })];
    const tokens = [];
    for (const { read } of instances) tokens.push(await read());
    expect(tokens).toEqual(['issued-1', 'issued-2', 'issued-3']);
  });

  it('take nothing for a token that another client has put there', async () => {
    const [one, other] = [await open(), await open()];
    await one.read();
    const [name = ''] = await one.redis.keys('breakwater:token:*');
    await one.redis.set(name, JSON.stringify({ token: 'forged', lifeMs: 1e9 }), 'PX', 1e9);
    expect([await other.read(), issuer.requests.length]).toEqual(['issued-2', 2]);
  });

  it('tell Redis, and who listens there, neither the token nor the secret of the client', async () => {
    const listener = new Redis(redis.url);
    const monitor = await listener.monitor();
    const heard: string[] = [];
    monitor.on('monitor', (_time: string, command: string[]) => heard.push(command.join(' ')));
    const [one, other] = [await open(), await open()];
    await Promise.all([one.read(), other.read()]);
    await one.renew();
    await eventually(() => expect(heard.join()).toContain('breakwater:token:'));
    const names = await one.redis.keys('*');
    const values = await Promise.all(names.map((name) => one.redis.getBuffer(name)));
    expect(names.length).toBeGreaterThan(0);
    const all = [
      ...heard,
      ...names,
      ...values.flatMap((value) => [value!.toString('latin1'), value!.toString('base64')]),
    ];
    for (const secret of [...issuer.issued, issuer.clientSecret.reveal(), 'issued', issuer.client])
      for (const spelling of [secret, Buffer.from(secret).toString('base64').slice(0, -4), JSON.stringify(secret)])
        expect(all.join('\n')).not.toContain(spelling);
    monitor.disconnect();
    listener.disconnect();
  });
});
