import type { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { RedisGuard } from '../../platform/redis/redis-guard.ts';
import { RateLimiter, type Tally } from './rate-limiter.ts';

/** Counts in Redis, for all instances together; in memory while Redis does not answer. */
export class RedisRateLimiter extends RateLimiter {
  constructor(
    private readonly redis: RateLimiterRedis,
    private readonly guard: RedisGuard,
    private readonly memory: RateLimiter,
  ) {
    super();
  }

  async count(key: string): Promise<Tally> {
    const answer = await this.guard.ask(() => this.redis.consume(key).catch(rejectedTally));
    return answer ? toTally(answer.value) : this.memory.count(key);
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
