import type { Redis } from 'ioredis';
import type { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/logging/log.ts';
import { RateLimiter, type Tally } from './rate-limiter.ts';

/** How long a Redis that did not answer is left alone: meanwhile nobody waits for it. */
const PAUSE_MS = 1_000;

interface Parts {
  readonly connection: Redis;
  /** Counts over that connection. */
  readonly redis: RateLimiterRedis;
  /** Counts while Redis does not answer. */
  readonly memory: RateLimiter;
  readonly clock: Clock;
  readonly log: Log;
}

/** Counts in Redis, for all instances together; on its own while Redis does not answer. */
export class RedisRateLimiter extends RateLimiter {
  #pausedUntil = -Infinity;
  #isLost = false;

  constructor(private readonly parts: Parts) {
    super();
    parts.connection.on('reconnecting', () => this.tellLost());
  }

  async count(key: string): Promise<Tally> {
    const { connection, redis, memory, clock } = this.parts;
    if (connection.status !== 'ready' || clock.now() < this.#pausedUntil) return memory.count(key);
    try {
      const tally = toTally(await redis.consume(key).catch(rejectedTally));
      this.tellBack();
      return tally;
    } catch {
      this.#pausedUntil = clock.now() + PAUSE_MS;
      this.tellLost();
      return memory.count(key);
    }
  }

  private tellLost(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.parts.log.warn({}, 'Redis does not answer: each instance counts requests on its own until it is back');
  }

  private tellBack(): void {
    if (!this.#isLost) return;
    this.#isLost = false;
    this.parts.log.info({}, 'Redis is back: requests are counted for all instances together');
  }
}

/** The library rejects with a tally when the limit is passed, and with an error when it cannot count. */
const rejectedTally = (thrown: unknown): RateLimiterRes => {
  if (thrown instanceof Error || typeof (thrown as RateLimiterRes | undefined)?.consumedPoints !== 'number')
    throw thrown;
  return thrown as RateLimiterRes;
};

const toTally = ({ consumedPoints, msBeforeNext }: RateLimiterRes): Tally => ({
  used: consumedPoints,
  resetMs: Math.max(0, msBeforeNext),
});
