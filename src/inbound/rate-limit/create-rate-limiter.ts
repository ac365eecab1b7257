import type { Redis } from 'ioredis';
import type { Clock } from '../../platform/clock.ts';
import type { RedisGuard } from '../../platform/redis/redis-guard.ts';
import { MemoryRateLimiter } from './memory-rate-limiter.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { DEFAULT_POLICY, toPolicyId, type RatePolicy } from './rate-policy.ts';
import type { RateWindows } from './rate-windows.ts';
import { RedisRateLimiter } from './redis-rate-limiter.ts';

/** Changes with the meaning of what is stored. */
const KEY_PREFIX = 'breakwater:rate-limit:v1';

/** What all policies count with. */
export interface Counters {
  readonly clock: Clock;
  readonly windows: RateWindows;
  /** Undefined without a Redis. */
  readonly shared: { readonly connection: Redis; readonly guard: RedisGuard } | undefined;
}

/** Counts in Redis where there is one, else in memory. Waits for no connection, and keeps nothing of its own. */
export const createRateLimiter = async (
  policy: RatePolicy,
  { clock, windows, shared }: Counters,
): Promise<RateLimiter> => {
  const memory = new MemoryRateLimiter(policy.seconds, clock, windows, `${toPolicyId(policy)}:`);
  if (shared === undefined) return memory;
  // Loaded when needed, as Redis itself is.
  const { RateLimiterRedis } = await import('rate-limiter-flexible');
  const redis = new RateLimiterRedis({
    storeClient: shared.connection,
    keyPrefix: toKeyPrefix(policy),
    points: policy.requests,
    duration: policy.seconds,
  });
  return new RedisRateLimiter(redis, shared.guard, memory);
};

/** The library puts a colon behind it: that of one policy is never the beginning of another's key. */
const toKeyPrefix = (policy: RatePolicy): string =>
  policy.name === DEFAULT_POLICY ? KEY_PREFIX : `${KEY_PREFIX}/${toPolicyId(policy)}`;
