import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { Clock } from '../clock.ts';
import { Log } from '../logging/log.ts';
import { EmbeddedDatabase } from './embedded-database.ts';
import { embeddedConfig, type EmbeddedOptions } from './embedded.config.ts';
import { PgliteDatabase } from './pglite-database.ts';
import { PglitePool } from './pglite-pool.ts';

/** The store inside this process, for what must outlive it when there is no Redis. Opened by whoever uses it first. */
@Module({
  imports: [ConfigModule.forFeature(embeddedConfig)],
  providers: [
    {
      provide: EmbeddedDatabase,
      inject: [embeddedConfig.KEY, Clock, Log],
      useFactory: (options: EmbeddedOptions, clock: Clock, log: Log) => new PgliteDatabase(options, clock, log),
    },
    PglitePool,
  ],
  exports: [EmbeddedDatabase, PglitePool],
})
export class EmbeddedModule {}
