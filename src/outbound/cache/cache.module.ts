import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { Clock } from '../../platform/clock.ts';
import { Log } from '../../platform/logging/log.ts';
import { RedisConnections } from '../../platform/redis/redis-connections.ts';
import { RedisModule } from '../../platform/redis/redis.module.ts';
import { cacheConfig } from './cache.config.ts';
import { CacheStore } from './stores/cache-store.ts';
import { createCacheStore } from './stores/create-cache-store.ts';

/** Where stored responses are: in memory, and in Redis as well when REDIS_URL is set. */
@Module({
  imports: [ConfigModule.forFeature(cacheConfig), RedisModule],
  providers: [
    { provide: CacheStore, inject: [cacheConfig.KEY, Clock, Log, RedisConnections], useFactory: createCacheStore },
  ],
  exports: [CacheStore],
})
export class CacheModule implements OnApplicationShutdown {
  constructor(@Inject(CacheStore) private readonly store: CacheStore) {}

  onApplicationShutdown(): Promise<void> {
    return this.store.close();
  }
}
