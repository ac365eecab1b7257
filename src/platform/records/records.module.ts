import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { EmbeddedDatabase } from '../embedded/embedded-database.ts';
import { EmbeddedModule } from '../embedded/embedded.module.ts';
import { Log } from '../logging/log.ts';
import { RedisConnections } from '../redis/redis-connections.ts';
import { RedisModule } from '../redis/redis.module.ts';
import { createRecords } from './create-records.ts';
import { Records } from './records.ts';

/** What must outlive the process: in Redis when REDIS_URL is set, else in the embedded store in DATA_DIR. */
@Module({
  imports: [RedisModule, EmbeddedModule],
  providers: [
    { provide: Records, inject: [Clock, Log, RedisConnections, EmbeddedDatabase], useFactory: createRecords },
  ],
  exports: [Records, EmbeddedModule],
})
export class RecordsModule implements OnApplicationBootstrap {
  constructor(
    private readonly connections: RedisConnections,
    private readonly embedded: EmbeddedDatabase,
  ) {}

  /** What an earlier run left waiting goes on; a store that cannot be used stops the start. */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.connections.isConfigured && this.embedded.exists) await this.embedded.open();
  }
}
