import type { Clock } from '../clock.ts';
import type { Log } from '../logging/log.ts';
import type { RedisConnections } from '../redis/redis-connections.ts';
import { MemoryVault } from './memory-vault.ts';
import { RedisGuard } from './redis-guard.ts';
import { RedisVault } from './redis-vault.ts';
import type { Vault } from './vault.ts';

/** What is not answered is not asked again by itself, and a connection that stays silent for so long is given up. */
const IMPATIENT = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  socketTimeout: 5_000,
} as const;

/** In Redis when there is one, else in memory. Waits for no connection. */
export const createVault = async (clock: Clock, log: Log, connections: RedisConnections): Promise<Vault> => {
  if (!connections.isConfigured) return new MemoryVault(clock);
  const redis = await connections.open('vault', IMPATIENT);
  return new RedisVault(redis, new RedisGuard(redis, clock, log));
};
