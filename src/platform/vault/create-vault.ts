import type { Clock } from '../clock.ts';
import type { Log } from '../logging/log.ts';
import { IMPATIENT } from '../redis/impatient.ts';
import type { RedisConnections } from '../redis/redis-connections.ts';
import { RedisGuard } from '../redis/redis-guard.ts';
import { MemoryVault } from './memory-vault.ts';
import { REDIS_PATIENCE } from './redis-patience.ts';
import { RedisVault } from './redis-vault.ts';
import type { Vault } from './vault.ts';

/** In Redis when there is one, else in memory. Waits for no connection. */
export const createVault = async (clock: Clock, log: Log, connections: RedisConnections): Promise<Vault> => {
  if (!connections.isConfigured) return new MemoryVault(clock);
  const redis = await connections.open('vault', IMPATIENT);
  return new RedisVault(redis, new RedisGuard(redis, clock, log, REDIS_PATIENCE));
};
