import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/logging/log.ts';
import { IMPATIENT } from '../../platform/redis/impatient.ts';
import type { RedisConnections } from '../../platform/redis/redis-connections.ts';
import { RedisGuard } from '../../platform/redis/redis-guard.ts';
import { MemoryRateLimiter } from './memory-rate-limiter.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { RatePolicy } from './rate-policy.ts';
import { REDIS_PATIENCE } from './redis-patience.ts';
import { RedisRateLimiter } from './redis-rate-limiter.ts';

/** Changes with the meaning of what is stored. */
const KEY_PREFIX = 'breakwater:rate-limit:v1';

export interface Surroundings {
  readonly clock: Clock;
  readonly log: Log;
  readonly connections: RedisConnections;
}

/** Counts in Redis where there is one, else in memory. Waits for no connection. */
export const createRateLimiter = async (
  { requests, seconds }: RatePolicy,
  { clock, log, connections }: Surroundings,
): Promise<RateLimiter> => {
  const memory = new MemoryRateLimiter(seconds, clock);
  if (!connections.isConfigured) return memory;
  // Loaded when needed, as Redis itself is.
  const { RateLimiterRedis } = await import('rate-limiter-flexible');
  const connection = await connections.open('rate-limit', IMPATIENT);
  const redis = new RateLimiterRedis({
    storeClient: connection,
    keyPrefix: KEY_PREFIX,
    points: requests,
    duration: seconds,
  });
  return new RedisRateLimiter(redis, new RedisGuard(connection, clock, log, REDIS_PATIENCE), memory);
};
