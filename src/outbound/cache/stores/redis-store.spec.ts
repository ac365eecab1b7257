import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { ageEntries } from '../../../../test/contracts/age-entries.ts';
import { buildEntry } from '../../../../test/support/build-entry.ts';
import { itIsACacheStore } from '../../../../test/contracts/cache-store.contract.ts';
import { captureLog } from '../../../../test/support/captured-log.ts';
import { FakeClock } from '../../../../test/support/fake-clock.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../../../test/support/start-redis.ts';
import { SystemClock, type Clock } from '../../../platform/clock.ts';
import { RedisGuard } from '../../../platform/redis/redis-guard.ts';
import type { CacheEntry } from '../cache-entry.ts';
import { REDIS_PATIENCE } from './redis-patience.ts';
import { RedisStore } from './redis-store.ts';

const DAY_MS = 86_400_000;
const ENTRY = 'breakwater:cache:v1:entry:key';

describeWithRedis('the Redis store', () => {
  let server: TestRedis;
  let redis: Redis;
  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url);
    await once(redis, 'ready');
  });
  beforeEach(() => redis.flushall());
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  const open = (clock: Clock = new FakeClock()): RedisStore =>
    new RedisStore(redis, new RedisGuard(redis, clock, captureLog().log, REDIS_PATIENCE), clock, 100_000);
  const keep = (store: RedisStore, entry: CacheEntry = buildEntry()) => store.reserve(entry.tags).keep('key', entry);

  itIsACacheStore({ isAtHand: false }, () => {
    const clock = new FakeClock();
    const store = open(clock);
    const elapse = async (byMs: number): Promise<void> => {
      await clock.advance(byMs);
      await ageEntries(redis, byMs);
    };
    return Promise.resolve({ store, clock, elapse, close: () => store.close() });
  });

  it('leaves nothing in Redis that does not expire, and no tag before what bears it', async () => {
    const store = open();
    await keep(store, buildEntry({ keepMs: 5 * DAY_MS, tags: ['pokeapi', 'pokeapi/pokemon'] }));
    const keys = await redis.keys('*');
    const left = await Promise.all(keys.map((key) => redis.pttl(key)));
    expect(keys).toHaveLength(4);
    expect(keys.every((key) => key.startsWith('breakwater:cache:v1:'))).toBe(true);
    const leftOfEntry = await redis.pttl(ENTRY);
    expect(Math.round(leftOfEntry / DAY_MS)).toBe(5);
    expect(Math.min(...left)).toBeGreaterThanOrEqual(leftOfEntry - 10);
  });

  it('keeps nothing for longer than 30 days', async () => {
    await keep(open(), buildEntry({ keepMs: 400 * DAY_MS }));
    expect(Math.round((await redis.pttl(ENTRY)) / DAY_MS)).toBe(30);
  });

  it('remembers the tags of what was not kept for some hours only', async () => {
    const reservation = open().reserve(['pokeapi']);
    await reservation.keep('key', buildEntry({ keepMs: 0 }));
    expect(await redis.pttl('breakwater:cache:v1:mark:pokeapi')).toBeLessThan(DAY_MS / 8);
  });

  it('gives nothing whose tags Redis has pushed out: they may have been invalidated', async () => {
    const store = open();
    await keep(store);
    await redis.del('breakwater:cache:v1:mark:pokeapi');
    expect([await store.get('key'), await redis.exists(ENTRY)]).toEqual([undefined, 0]);
    await keep(store);
    expect(await store.get('key')).toBeDefined();
  });

  it('mends a tag that is not what it should be', async () => {
    const store = open();
    await keep(store);
    await redis.del('breakwater:cache:v1:mark:pokeapi');
    await redis.lpush('breakwater:cache:v1:mark:pokeapi', 'garbage');
    expect(await store.get('key')).toBeUndefined();
    await keep(store);
    expect(await store.get('key')).toBeDefined();
  });

  it('does not keep what bears a tag that was not reserved', async () => {
    const store = open();
    await store.reserve(['pokeapi']).keep('key', buildEntry({ tags: ['pokeapi', 'cms'] }));
    expect(await store.get('key')).toBeUndefined();
  });

  it('works again after Redis forgot the scripts', async () => {
    const store = open();
    await keep(store);
    await redis.script('FLUSH');
    expect(await store.get('key')).toBeDefined();
  });

  it('tells the age to instances whose clocks have nothing in common', async () => {
    const [early, late] = [new FakeClock(Date.UTC(1999, 0, 1)), new FakeClock(Date.UTC(2099, 0, 1))];
    await late.advance(400 * DAY_MS);
    await keep(open(late), buildEntry({ receivedAt: late.now() - 5_000, initialAgeMs: 2_000 }));
    await ageEntries(redis, 30_000);
    const found = await open(early).get('key');
    expect(Math.round(found!.ageAt(early.now()) / 1_000)).toBe(37);
    expect(found!.keepMs).toBe(600_000);
    await early.advance(10_000);
    expect(Math.round(found!.ageAt(early.now()) / 1_000)).toBe(47);
  });

  it('is not taken in by a Redis whose clock was set back', async () => {
    const store = open();
    await keep(store);
    await redis.pexpire(ENTRY, 700_000);
    expect(await store.get('key')).toBeUndefined();
  });

  it('counts the time that an entry was held up on its way to Redis', async () => {
    const store = open(new SystemClock());
    const sentAt = performance.now();
    const reservation = store.reserve(['pokeapi']);
    await reservation.keep('other', buildEntry({ receivedAt: sentAt }));
    server.pause();
    const pausedAt = performance.now();
    // Returns after 25 ms, without having been answered.
    await reservation.keep('key', buildEntry({ receivedAt: pausedAt, keepMs: 600_000 }));
    const heldUpMs = performance.now() - pausedAt;
    server.resume();
    const left = await redis.pttl(ENTRY);
    expect(left).toBeGreaterThan(590_000);
    expect(left).toBeLessThanOrEqual(600_000 - heldUpMs + 5);
  });
});
