import { Module } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { Log } from '../logging/log.ts';
import { RedisConnections } from '../redis/redis-connections.ts';
import { RedisModule } from '../redis/redis.module.ts';
import { createVault } from './create-vault.ts';
import { Vault } from './vault.ts';

/** Where sessions and tokens are: in memory, or in Redis when REDIS_URL is set. */
@Module({
  imports: [RedisModule],
  providers: [{ provide: Vault, inject: [Clock, Log, RedisConnections], useFactory: createVault }],
  exports: [Vault],
})
export class VaultModule {}
