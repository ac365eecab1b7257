import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { Clock } from '../../platform/clock.ts';
import { EmbeddedDatabase } from '../../platform/embedded/embedded-database.ts';
import { EmbeddedModule } from '../../platform/embedded/embedded.module.ts';
import { PglitePool } from '../../platform/embedded/pglite-pool.ts';
import { Log } from '../../platform/logging/log.ts';
import { RedisConnections } from '../../platform/redis/redis-connections.ts';
import { RedisModule } from '../../platform/redis/redis.module.ts';
import { serverConfig, type ServerOptions } from '../../platform/server.config.ts';
import { CallQueue } from '../call-queue.ts';
import { jobsConfig, type JobsOptions } from '../jobs.config.ts';
import { BullQueue } from './bull-queue.ts';
import { createQueueHome } from './create-queue-home.ts';
import { QueueHome } from './queue-home.ts';

/** Where calls wait for a worker: in Redis when REDIS_URL is set, else in the embedded store in DATA_DIR. */
@Module({
  imports: [ConfigModule.forFeature(jobsConfig), RedisModule, EmbeddedModule],
  providers: [
    {
      provide: QueueHome,
      inject: [Clock, Log, RedisConnections, EmbeddedDatabase, PglitePool],
      useFactory: createQueueHome,
    },
    {
      provide: CallQueue,
      inject: [QueueHome, Clock, Log, jobsConfig.KEY, serverConfig.KEY],
      useFactory: (
        home: QueueHome,
        clock: Clock,
        log: Log,
        { concurrency }: JobsOptions,
        { shutdownTimeoutMs }: ServerOptions,
      ) => new BullQueue(home, { clock, log, concurrency, endWithinMs: shutdownTimeoutMs }),
    },
  ],
  exports: [CallQueue],
})
export class QueueModule {}
