import type { Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/logging/log.ts';
import type { RedisConnections } from '../../../platform/redis/redis-connections.ts';
import type { CacheOptions } from '../cache.config.ts';
import type { CacheStore } from './cache-store.ts';
import { listenForForgotten } from './forgotten-listener.ts';
import { MemoryStore } from './memory-store.ts';
import { RedisGuard } from './redis-guard.ts';
import { RedisStore } from './redis-store.ts';
import { TieredStore } from './tiered-store.ts';

/** What is not answered is not asked again by itself, and a connection that stays silent for so long is given up. */
const IMPATIENT = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  socketTimeout: 5_000,
} as const;

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
  const shared = new RedisStore(redis, new RedisGuard(redis, clock, log), clock, options.maxEntryBytes);
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
