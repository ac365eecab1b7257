import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { ageVault } from '../../../test/contracts/age-vault.ts';
import { openVault, type VaultInstance } from '../../../test/support/open-vault.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../../test/support/start-redis.ts';
import { SystemClock } from '../clock.ts';
import { takeTurns } from './take-turns.ts';
import type { Vault } from './vault.ts';

const MINUTE_MS = 60_000;
const KEY = { purpose: 'token', secret: 'correct horse' };

describeWithRedis('two instances that share a vault', () => {
  let server: TestRedis;
  let admin: Redis;
  let instances: VaultInstance[];
  let one: Vault;
  let other: Vault;
  beforeAll(async () => {
    server = await startRedis();
    admin = new Redis(server.url);
    // Time stands still for their guards: a busy machine makes nothing unavailable.
    instances = await Promise.all([1, 2].map(() => openVault(server.url, new FakeClock())));
    [one, other] = instances.map(({ vault }) => vault) as [Vault, Vault];
    await Promise.all(instances.map((instance) => instance.connected()));
  });
  beforeEach(() => admin.flushall());
  afterAll(async () => {
    await Promise.all(instances.map((instance) => instance.close()));
    admin.disconnect();
    await server.stop();
  });

  const ofBoth = <T>(times: number, act: (vault: Vault) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: times }, (_, index) => act(index % 2 === 0 ? one : other)));

  it('read, extend, replace and delete what the other one has put there', async () => {
    await one.put(KEY, 'old', MINUTE_MS);
    expect([(await other.get(KEY))?.value, await other.extend(KEY, 10 * MINUTE_MS)]).toEqual(['old', true]);
    expect(Math.round((await one.get(KEY))!.ttlMs / MINUTE_MS)).toBe(10);
    expect([await other.replace(KEY, 'new', MINUTE_MS), (await one.get(KEY))?.value]).toEqual([true, 'new']);
    await other.delete(KEY);
    expect(await one.replace(KEY, 'newer', MINUTE_MS)).toBe(false);
  });

  it('let one of a hundred take it', async () => {
    await one.put(KEY, 'value', MINUTE_MS);
    const taken = await ofBoth(100, (vault) => vault.take(KEY));
    expect(taken.filter((found) => found !== undefined)).toHaveLength(1);
  });

  it('never have the same lease, whoever released an earlier one', async () => {
    const early = await one.tryLease(KEY, MINUTE_MS);
    expect(await other.tryLease(KEY, MINUTE_MS)).toBeUndefined();
    await ageVault(admin, MINUTE_MS);
    expect(await other.tryLease(KEY, MINUTE_MS)).toBeDefined();
    await early!.release();
    expect(await one.tryLease(KEY, MINUTE_MS)).toBeUndefined();
  });

  it('get the lease of one that is gone once its time is over', async () => {
    const startedAt = performance.now();
    const gone = await openVault(server.url);
    await gone.connected();
    await gone.vault.tryLease(KEY, 300);
    await gone.close();
    const signal = AbortSignal.timeout(10_000);
    await takeTurns({ vault: other, clock: new SystemClock() }, KEY, { signal }, () => Promise.resolve());
    expect(performance.now() - startedAt).toBeGreaterThan(290);
  });

  it('have the same time, whatever their clocks say', async () => {
    const [early, late] = [new FakeClock(Date.UTC(1999, 0, 1)), new FakeClock(Date.UTC(2099, 0, 1))];
    await late.advance(400 * 86_400_000);
    const others = await Promise.all([early, late].map((clock) => openVault(server.url, clock)));
    await Promise.all(others.map((instance) => instance.connected()));
    await others[1]!.vault.put(KEY, 'value', 10 * MINUTE_MS);
    await ageVault(admin, 3 * MINUTE_MS);
    expect(Math.round((await others[0]!.vault.get(KEY))!.ttlMs / MINUTE_MS)).toBe(7);
    await Promise.all(others.map((instance) => instance.close()));
  });

  it('take turns: a hundred pieces of work, and never two at once', async () => {
    let underWay = 0;
    let most = 0;
    let done = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, (underWay += 1));
      await admin.ping();
      underWay -= 1;
      done += 1;
    };
    const signal = new AbortController().signal;
    await ofBoth(100, (vault) => takeTurns({ vault, clock: new SystemClock() }, KEY, { signal }, work));
    expect([done, most, await admin.keys('*')]).toEqual([100, 1, []]);
  });

  it('do once between them what each finds done when its turn comes', async () => {
    let timesDone = 0;
    const signal = new AbortController().signal;
    const tokens = await ofBoth(100, (vault) =>
      takeTurns({ vault, clock: new SystemClock() }, KEY, { signal }, async () => {
        const found = await vault.get(KEY);
        if (found) return found.value;
        await vault.put(KEY, `token ${(timesDone += 1)}`, MINUTE_MS);
        return `token ${timesDone}`;
      }),
    );
    expect([timesDone, new Set(tokens)]).toEqual([1, new Set(['token 1'])]);
  });
});
