import { once } from 'node:events';
import type { Redis } from 'ioredis';
import { SystemClock, type Clock } from '../../src/platform/clock.ts';
import { RedisConnections } from '../../src/platform/redis/redis-connections.ts';
import { Secret } from '../../src/platform/secret.ts';
import { createVault } from '../../src/platform/vault/create-vault.ts';
import type { Vault } from '../../src/platform/vault/vault.ts';
import { captureLog } from '../support/captured-log.ts';

/** The vault of one instance of the application, without the application. */
export interface VaultInstance {
  readonly vault: Vault;
  readonly redis: Redis;
  /** Resolves once it is connected. */
  connected(): Promise<void>;
  /** Everything logged so far, as written. */
  readonly logLines: readonly string[];
  /** Messages of the level `warn`, `info`, …, logged so far. */
  logged(level: string): string[];
  close(): Promise<void>;
}

/** What `VaultModule` provides with that REDIS_URL. */
export const openVault = async (url: string, clock: Clock = new SystemClock()): Promise<VaultInstance> => {
  const { log, lines } = captureLog();
  // Goodbyes take real time, whatever the clock of the vault says.
  const connections = new RedisConnections({ url: new Secret(url) }, new SystemClock());
  const opened: Redis[] = [];
  const open = connections.open.bind(connections);
  connections.open = async (...args) => {
    const redis = await open(...args);
    opened.push(redis);
    return redis;
  };
  const vault = await createVault(clock, log, connections);
  const redis = opened[0]!;
  return {
    vault,
    redis,
    connected: async () => {
      if (redis.status !== 'ready') await once(redis, 'ready');
    },
    logLines: lines,
    logged: (level) => {
      const parsed = lines.map((line) => JSON.parse(line) as { level: string; msg: string });
      return parsed.filter((line) => line.level === level).map(({ msg }) => msg);
    },
    close: () => connections.onApplicationShutdown(),
  };
};
