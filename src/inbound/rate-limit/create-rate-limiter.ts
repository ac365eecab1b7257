import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/logging/log.ts';
import type { RedisConnections } from '../../platform/redis/redis-connections.ts';
import { MemoryRateLimiter } from './memory-rate-limiter.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { RatePolicy } from './rate-policy.ts';
import { RedisRateLimiter } from './redis-rate-limiter.ts';

/** What is not answered within 100 ms is not waited for, nor asked again by itself. */
const IMPATIENT = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  commandTimeout: 100,
  socketTimeout: 5_000,
} as const;

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
  return new RedisRateLimiter({ connection, redis, memory, clock, log });
};
