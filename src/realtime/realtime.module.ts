import { Module } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { Log } from '../platform/logging/log.ts';
import { RedisConnections } from '../platform/redis/redis-connections.ts';
import { RedisModule } from '../platform/redis/redis.module.ts';
import { EventHub } from './event-hub.ts';
import { MemoryHub } from './memory-hub.ts';
import { RedisHub } from './redis-hub.ts';

/** What tells listeners of what happens: across instances when there is a Redis. */
@Module({
  imports: [RedisModule],
  providers: [
    {
      provide: EventHub,
      inject: [RedisConnections, Clock, Log],
      useFactory: (connections: RedisConnections, clock: Clock, log: Log): EventHub =>
        connections.isConfigured ? new RedisHub(connections, clock, log) : new MemoryHub(log),
    },
  ],
  exports: [EventHub],
})
export class RealtimeModule {}
