import type { Clock } from '../clock.ts';
import type { EmbeddedDatabase } from '../embedded/embedded-database.ts';
import type { Log } from '../logging/log.ts';
import { IMPATIENT } from '../redis/impatient.ts';
import type { RedisConnections } from '../redis/redis-connections.ts';
import { RedisGuard } from '../redis/redis-guard.ts';
import { EmbeddedRecords } from './embedded-records.ts';
import type { Records } from './records.ts';
import { REDIS_PATIENCE } from './redis-patience.ts';
import { RedisRecords } from './redis-records.ts';

/** In Redis when there is one, else in the embedded store. Waits for no connection, and opens no store. */
export const createRecords = async (
  clock: Clock,
  log: Log,
  connections: RedisConnections,
  embedded: EmbeddedDatabase,
): Promise<Records> => {
  if (!connections.isConfigured) return new EmbeddedRecords(embedded, clock, log);
  const redis = await connections.open('records', IMPATIENT);
  return new RedisRecords(redis, new RedisGuard(redis, clock, log, REDIS_PATIENCE));
};
