import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { RedisConnections } from './redis-connections.ts';
import { redisConfig } from './redis.config.ts';

/** Access to Redis for whoever can make use of it; the application runs without. */
@Module({ imports: [ConfigModule.forFeature(redisConfig)], providers: [RedisConnections], exports: [RedisConnections] })
export class RedisModule {}
