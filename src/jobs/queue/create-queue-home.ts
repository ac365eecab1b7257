import type { Clock } from '../../platform/clock.ts';
import type { EmbeddedDatabase } from '../../platform/embedded/embedded-database.ts';
import type { PglitePool } from '../../platform/embedded/pglite-pool.ts';
import type { Log } from '../../platform/logging/log.ts';
import type { RedisConnections } from '../../platform/redis/redis-connections.ts';
import { EmbeddedHome } from './embedded-home.ts';
import type { QueueHome } from './queue-home.ts';
import { RedisHome } from './redis-home.ts';

/** In Redis when there is one, else in the embedded store. Opens nothing. */
export const createQueueHome = (
  clock: Clock,
  log: Log,
  connections: RedisConnections,
  database: EmbeddedDatabase,
  pool: PglitePool,
): QueueHome => (connections.isConfigured ? new RedisHome(connections, clock, log) : new EmbeddedHome(database, pool));
