import type { Redis } from 'ioredis';
import { RedisHome } from '../../src/jobs/queue/redis-home.ts';
import { SystemClock } from '../../src/platform/clock.ts';
import { RedisConnections } from '../../src/platform/redis/redis-connections.ts';
import { Secret } from '../../src/platform/secret.ts';
import { createBullPlace, type BullPlace } from './call-queue-bull.ts';

/** Queues in the Redis at `url`; `admin` is a connection to it. */
export const createRedisPlace = (url: string, admin: Redis): BullPlace =>
  createBullPlace(
    ({ log }) => {
      const connections = new RedisConnections({ url: new Secret(url) }, new SystemClock());
      const home = new RedisHome(connections, new SystemClock(), log);
      return { home, close: () => connections.onApplicationShutdown() };
    },
    () => admin.flushall(),
  );
