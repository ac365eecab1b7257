import type { Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/logging/log.ts';
import { IMPATIENT } from '../../../platform/redis/impatient.ts';
import type { RedisConnections } from '../../../platform/redis/redis-connections.ts';
import { RedisGuard } from '../../../platform/redis/redis-guard.ts';
import type { CacheOptions } from '../cache.config.ts';
import type { CacheStore } from './cache-store.ts';
import { listenForForgotten } from './forgotten-listener.ts';
import { MemoryStore } from './memory-store.ts';
import { REDIS_PATIENCE } from './redis-patience.ts';
import { RedisStore } from './redis-store.ts';
import { TieredStore } from './tiered-store.ts';

/** Memory, with Redis behind it when there is one. Waits for no connection. */
export const createCacheStore = async (
  options: CacheOptions,
  clock: Clock,
  log: Log,
  connections: RedisConnections,
): Promise<CacheStore> => {
  const memory = new MemoryStore(options, clock);
  if (!connections.isConfigured) return memory;
  const redis = await connections.open('cache', IMPATIENT);
  const shared = new RedisStore(redis, new RedisGuard(redis, clock, log, REDIS_PATIENCE), clock, options.maxEntryBytes);
  const store = new TieredStore(memory, shared, clock);
  const stopListening = listenForForgotten({
    redis: await connections.open('cache-listener', IMPATIENT),
    clock,
    log,
    instance: shared.instance,
    onForgotten: (forgotten) => store.forget(forgotten),
    onGap: () => store.forgetAll(),
  });
  store.onClose(stopListening);
  return store;
};
