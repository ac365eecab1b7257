import { describe, expect, it } from '@jest/globals';
import type { RateLimiterRedis } from 'rate-limiter-flexible';
import { elapse } from '../../../test/support/elapse.ts';
import { guardConnection, silence } from '../../../test/support/guarded-connection.ts';
import { MemoryRateLimiter } from './memory-rate-limiter.ts';
import { createRateWindows } from './rate-windows.ts';
import { REDIS_PATIENCE } from './redis-patience.ts';
import { RedisRateLimiter } from './redis-rate-limiter.ts';

const SHARED = { used: 500, resetMs: 7_000 };
const ALONE = { used: 1, resetMs: 60_000 };
const shared = () => Promise.resolve({ consumedPoints: 500, msBeforeNext: 7_000 });
/** With anything, as the library does. */
// eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
const reject = (reason: unknown) => Promise.reject(reason);

/** A limiter over a Redis that does what the test says. */
const open = () => {
  const { clock, connection, guard, logged } = guardConnection(REDIS_PATIENCE);
  const redis = { consume: shared as () => Promise<unknown>, asked: 0 };
  const consume = () => ((redis.asked += 1), redis.consume());
  const library = { consume } as unknown as RateLimiterRedis;
  const limiter = new RedisRateLimiter(library, guard, new MemoryRateLimiter(60, clock, createRateWindows()));
  let callers = 0;
  /** Of somebody new. */
  const count = () => limiter.count(`caller ${(callers += 1)}`);
  return { clock, connection, redis, count, logged };
};

describe('RedisRateLimiter', () => {
  it('counts in Redis, also what is too much', async () => {
    const { redis, count } = open();
    expect(await count()).toEqual(SHARED);
    redis.consume = () => reject({ consumedPoints: 501, msBeforeNext: -1 });
    expect([await count(), await count()]).toEqual(Array(2).fill({ used: 501, resetMs: 0 }));
  });

  it('counts alone what is not answered within 100 ms', async () => {
    const { clock, redis, count } = open();
    redis.consume = silence;
    let tally: unknown = 'waiting';
    void count().then((counted) => (tally = counted));
    await elapse(clock, 99);
    expect(tally).toBe('waiting');
    await elapse(clock, 1);
    expect(tally).toEqual(ALONE);
  });

  it.each([new Error('OOM'), undefined, 'garbage'])('counts alone for 1 s after one failure: %s', async (failure) => {
    const { clock, redis, count, logged } = open();
    redis.consume = () => reject(failure);
    expect(await count()).toEqual(ALONE);
    redis.consume = shared;
    await elapse(clock, 999);
    expect([await count(), redis.asked]).toEqual([ALONE, 1]);
    await elapse(clock, 1);
    expect([await count(), await count(), redis.asked]).toEqual([SHARED, SHARED, 3]);
    expect(logged()).toEqual([
      ['warn', 'Redis does not answer: each instance counts requests on its own until it is back'],
      ['info', 'Redis is back: requests are counted for all instances together'],
    ]);
  });

  it('is silent for no longer than 1 s at a time, however often it fails', async () => {
    const { clock, redis, count } = open();
    redis.consume = () => reject(new Error('OOM'));
    for (let time = 1; time <= 5; time += 1) {
      await count();
      expect(redis.asked).toBe(time);
      await elapse(clock, 1_000);
    }
  });

  it('counts alone while there is no connection, and says so', async () => {
    const { connection, redis, count, logged } = open();
    connection.status = 'reconnecting';
    connection.emit('reconnecting');
    expect([await count(), redis.asked]).toEqual([ALONE, 0]);
    expect(logged()).toEqual([['warn', expect.stringContaining('on its own')]]);
  });
});
