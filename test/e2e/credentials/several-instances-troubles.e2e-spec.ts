import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ageVault } from '../../contracts/age-vault.ts';
import { eventually } from '../../support/eventually.ts';
import { settled } from '../../support/fake-clock.ts';
import { openSharingToken, type SharingToken } from '../../support/sharing-token.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../support/start-redis.ts';
import { TestIssuer } from '../../support/test-issuer.ts';

/** A question to Redis may take 250 ms; a busy machine adds to that. */
const PROMPT_MS = 3_000;
const LEASE_MS = 10_000;

describeWithRedis('instances whose Redis is in trouble', () => {
  let redis: TestRedis;
  let issuer: TestIssuer;
  let one: SharingToken;
  let other: SharingToken;

  beforeEach(async () => {
    redis = await startRedis();
    issuer = new TestIssuer();
    [one, other] = await Promise.all([
      openSharingToken({ url: redis.url, issuer }),
      openSharingToken({ url: redis.url, issuer }),
    ]);
  });
  afterEach(async () => {
    issuer.release();
    redis.resume();
    await redis.stop();
    await Promise.all([one.close(), other.close()]);
  });

  const promptly = async <T>(work: Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    const result = await work;
    expect(performance.now() - startedAt).toBeLessThan(PROMPT_MS);
    return result;
  };
  const hasLease = async (): Promise<number> => {
    const [name = 'none'] = await other.redis.keys('breakwater:token:*:lease');
    return other.redis.pttl(name);
  };

  it.each(['kill', 'pause'] as const)('have each a token of their own, promptly: %s', async (trouble) => {
    await redis[trouble]();
    const crowd = Array.from({ length: 100 }, () => [one.read(), other.read()]).flat();
    expect(new Set(await promptly(Promise.all(crowd)))).toEqual(new Set(['issued-1', 'issued-2']));
    expect(issuer.requests.length).toBe(2);
  });

  it.each(['kill', 'pause'] as const)('replace it each, promptly, when it is refused: %s', async (trouble) => {
    await Promise.all([one.read(), other.read()]);
    await redis[trouble]();
    const renewed = await promptly(Promise.all([one.renew(), other.renew()]));
    expect(renewed.toSorted()).toEqual(['issued-2', 'issued-3']);
  });

  it.each(['kill', 'pause'] as const)('lose no token that was being asked for: %s', async (trouble) => {
    issuer.hold();
    const reading = one.read();
    await eventually(() => expect(issuer.requests.length).toBe(1));
    await redis[trouble]();
    issuer.release();
    expect(await promptly(reading)).toBe('issued-1');
    expect([await one.read(), issuer.requests.length]).toEqual(['issued-1', 1]);
  });

  it('do not wait for each other any more when it is gone', async () => {
    issuer.hold();
    const first = one.read();
    await eventually(() => expect(issuer.requests.length).toBe(1));
    const second = other.read();
    await eventually(async () => expect(await hasLease()).toBeGreaterThan(0));
    await redis.kill();
    await eventually(() => expect(issuer.requests.length).toBe(2), PROMPT_MS);
    issuer.release();
    expect((await Promise.all([first, second])).toSorted()).toEqual(['issued-1', 'issued-2']);
  });

  it('share again as soon as it is back', async () => {
    await redis.kill();
    await Promise.all([one.read(), other.read()]);
    await redis.restart();
    await eventually(() => expect([one.redis.status, other.redis.status]).toEqual(['ready', 'ready']), 10_000);
    const before = issuer.requests.length;
    const renewed = await Promise.all([one.renew(), other.renew()]);
    expect([new Set(renewed).size, issuer.requests.length - before]).toEqual([1, 1]);
  });

  it('wait for one that died while it asked no longer than its lease lasts', async () => {
    const dying = new TestIssuer();
    dying.hold();
    const dead = await openSharingToken({ url: redis.url, issuer: dying });
    const never = dead.read().catch(() => undefined);
    await eventually(() => expect(dying.requests.length).toBe(1));
    dead.redis.disconnect();
    expect(await hasLease()).toBeLessThanOrEqual(LEASE_MS);
    const reading = other.read();
    await settled();
    expect([issuer.requests.length, (await hasLease()) > 0]).toEqual([0, true]);
    await ageVault(other.redis, LEASE_MS);
    expect(await promptly(reading)).toBe('issued-1');
    dying.release();
    await never;
    await dead.close();
  });

  it('leave the lease to the next one when the issuer fails', async () => {
    issuer.answer(new Error('failed'), {});
    await expect(one.read()).rejects.toThrow('failed');
    expect(await promptly(other.read())).toBe('issued-2');
  });
});
