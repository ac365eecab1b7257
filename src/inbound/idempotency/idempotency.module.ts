import { Module, type NestModule, type OnApplicationShutdown } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { Clock } from '../../platform/clock.ts';
import { Log } from '../../platform/logging/log.ts';
import { Records } from '../../platform/records/records.ts';
import { RecordsModule } from '../../platform/records/records.module.ts';
import { listRoutes } from '../authentication/routes.ts';
import { coverWrites } from './cover-writes.ts';
import { IdempotentRequests } from './idempotent-requests.ts';
import { Persistence } from './persistence.ts';

/** Makes an Idempotency-Key mean something on every write of a user. */
@Module({
  imports: [DiscoveryModule, RecordsModule],
  providers: [
    { provide: Persistence, inject: [Clock, Log], useFactory: (clock: Clock, log: Log) => new Persistence(clock, log) },
    {
      provide: IdempotentRequests,
      inject: [Records, Clock, Persistence],
      useFactory: (records: Records, clock: Clock, persistence: Persistence) =>
        new IdempotentRequests(records, clock, persistence),
    },
  ],
})
export class IdempotencyModule implements NestModule, OnApplicationShutdown {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly discovery: DiscoveryService,
    private readonly requests: IdempotentRequests,
    private readonly persistence: Persistence,
  ) {}

  /** Nest runs this when the server exists and has no routes yet. */
  configure(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.decorate('idempotentRequests', this.requests);
    coverWrites(listRoutes(this.discovery));
  }

  onApplicationShutdown(): void {
    this.persistence.stop();
  }
}
