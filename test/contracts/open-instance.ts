import type { Redis } from 'ioredis';
import { CacheOptions } from '../../src/outbound/cache/cache.config.ts';
import type { CacheStore } from '../../src/outbound/cache/stores/cache-store.ts';
import { createCacheStore } from '../../src/outbound/cache/stores/create-cache-store.ts';
import { SystemClock, type Clock } from '../../src/platform/clock.ts';
import { RedisConnections } from '../../src/platform/redis/redis-connections.ts';
import { Secret } from '../../src/platform/secret.ts';
import { captureLog } from '../support/captured-log.ts';
import { eventually } from '../support/eventually.ts';

/** The cache of one instance of the application, without the application. */
export interface Instance {
  readonly store: CacheStore;
  /** Its connections to Redis. */
  readonly redis: readonly Redis[];
  /** Messages of the level `warn`, `info`, …, logged so far. */
  logged(level: string): string[];
  /** Everything logged so far, as written. */
  readonly logLines: readonly string[];
  /** Resolves once it shares what it keeps and hears what others forget. */
  connected(): Promise<void>;
  close(): Promise<void>;
}

class CountedConnections extends RedisConnections {
  readonly opened: Redis[] = [];

  override async open(...args: Parameters<RedisConnections['open']>): Promise<Redis> {
    const redis = await super.open(...args);
    this.opened.push(redis);
    return redis;
  }
}

const LISTENING = 'Listening to what other instances forget';

/** What `CacheModule` provides with that REDIS_URL. */
export const openInstance = async (url: string, own: Partial<CacheOptions> = {}, clock: Clock = new SystemClock()) => {
  const { log, lines } = captureLog();
  // Goodbyes take real time, whatever the clock of the store says.
  const connections = new CountedConnections({ url: new Secret(url) }, new SystemClock());
  const store = await createCacheStore({ ...new CacheOptions(), ...own }, clock, log, connections);
  const logged = (level: string): string[] => {
    const parsed = lines.map((line) => JSON.parse(line) as { level: string; msg: string });
    return parsed.filter((line) => line.level === level).map(({ msg }) => msg);
  };
  const instance: Instance = {
    store,
    redis: connections.opened,
    logged,
    logLines: lines,
    connected: () =>
      eventually(() => {
        const isReady = connections.opened.every(({ status }) => status === 'ready');
        if (!isReady || !logged('debug').includes(LISTENING)) throw new Error(`Not connected: ${lines.join('')}`);
      }),
    close: async () => {
      await store.close();
      await connections.onApplicationShutdown();
    },
  };
  return instance;
};
