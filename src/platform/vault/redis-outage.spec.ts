import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openVault, type VaultInstance } from '../../../test/support/open-vault.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../../test/support/start-redis.ts';
import { VaultUnavailable, type Vault } from './vault.ts';

const GONE = 'Redis does not answer: sessions and tokens cannot be read until it is back';
const BACK = 'Redis is back: sessions and tokens can be read again';
const MINUTE_MS = 60_000;
const KEY = { purpose: 'session', secret: 'correct horse' };
/** A question's 250 ms, with room for a busy machine. */
const NOT_LONG_MS = 4_000;

describeWithRedis('without its Redis the vault', () => {
  let server: TestRedis;
  let instance: VaultInstance;
  let vault: Vault;
  beforeEach(async () => {
    server = await startRedis();
    instance = await openVault(server.url);
    ({ vault } = instance);
    await instance.connected();
  });
  afterEach(async () => {
    // One that is paused would be waited for.
    await server.stop();
    await instance.close();
  });

  const questions: Record<string, () => Promise<unknown>> = {
    put: () => vault.put(KEY, 'value', MINUTE_MS),
    get: () => vault.get(KEY),
    take: () => vault.take(KEY),
    extend: () => vault.extend(KEY, MINUTE_MS),
    replace: () => vault.replace(KEY, 'value', MINUTE_MS),
    delete: () => vault.delete(KEY),
    tryLease: () => vault.tryLease(KEY, MINUTE_MS),
  };

  const expectUnavailable = async (): Promise<void> => {
    for (const question of Object.values(questions)) {
      const startedAt = performance.now();
      expect(await rejectionOf(question())).toBeInstanceOf(VaultUnavailable);
      expect(performance.now() - startedAt).toBeLessThan(NOT_LONG_MS);
    }
    const startedAt = performance.now();
    await Promise.allSettled(Array.from({ length: 1_000 }, () => vault.get(KEY)));
    expect(performance.now() - startedAt).toBeLessThan(NOT_LONG_MS);
    expect(instance.logged('warn')).toEqual([GONE]);
  };

  const expectRecovery = async (): Promise<void> => {
    await eventually(async () => {
      await vault.put(KEY, 'new', MINUTE_MS);
      expect((await vault.get(KEY))?.value).toBe('new');
    });
    expect([instance.logged('warn'), instance.logged('info')]).toEqual([[GONE], [BACK]]);
  };

  it('is unavailable, and soon says so, while it is killed; it recovers with an empty one', async () => {
    await vault.put(KEY, 'value', MINUTE_MS);
    await server.kill();
    await expectUnavailable();
    await server.restart();
    await expectRecovery();
  });

  it('is unavailable, and soon says so, while it hangs; it recovers', async () => {
    await vault.put(KEY, 'value', MINUTE_MS);
    server.pause();
    await expectUnavailable();
    server.resume();
    await expectRecovery();
  });

  it.each(Object.keys(questions))('ends every %s that is under way when it is killed', async (name) => {
    server.pause();
    const ends = Promise.all(Array.from({ length: 50 }, () => rejectionOf(questions[name]!())));
    const startedAt = performance.now();
    await server.kill();
    expect((await ends).every((end) => end instanceof VaultUnavailable)).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(NOT_LONG_MS);
  });

  it('gives back a lease that was granted too late for anybody to know', async () => {
    server.pause();
    expect(await rejectionOf(vault.tryLease(KEY, MINUTE_MS))).toBeInstanceOf(VaultUnavailable);
    server.resume();
    await eventually(async () => expect(await vault.tryLease(KEY, MINUTE_MS)).toBeDefined());
  });

  it('is there as soon as Redis is, when it starts without one', async () => {
    await server.kill();
    const early = await openVault(server.url);
    expect(await rejectionOf(early.vault.get(KEY))).toBeInstanceOf(VaultUnavailable);
    await server.restart();
    await eventually(() => early.vault.put(KEY, 'value', MINUTE_MS));
    await early.close();
  });

  it('waits a moment for a connection that is being made, or made again', async () => {
    // Time stands still: the moment is as long as it takes.
    const early = await openVault(server.url, new FakeClock());
    expect(early.redis.status).not.toBe('ready');
    await early.vault.put(KEY, 'value', MINUTE_MS);
    early.redis.disconnect(true);
    await once(early.redis, 'reconnecting');
    expect((await early.vault.get(KEY))?.value).toBe('value');
    await early.close();
    expect(await rejectionOf(early.vault.get(KEY))).toBeInstanceOf(VaultUnavailable);
  });

  it('logs neither secret nor value when Redis refuses a command', async () => {
    await instance.redis.config('SET', 'maxmemory', '1');
    const error = await rejectionOf(vault.put(KEY, 'hunter2', MINUTE_MS));
    for (let time = 0; time < 3; time += 1) await rejectionOf(vault.put(KEY, 'hunter2', MINUTE_MS));
    expect(instance.logLines.join('')).toContain('OOM');
    expect(`${instance.logLines.join('')} ${String(error)} ${JSON.stringify(error)}`).not.toMatch(/hunter2|horse/);
  });
});
