import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { OutboundModule } from '../outbound/index.ts';
import { EmbeddedDatabase } from '../platform/embedded/embedded-database.ts';
import { RecordsModule } from '../platform/records/records.module.ts';
import { RedisConnections } from '../platform/redis/redis-connections.ts';
import { RedisModule } from '../platform/redis/redis.module.ts';
import { AttemptOutcomes } from './attempt-outcomes.ts';
import { AttemptSpans } from './attempt-spans.ts';
import { Attempts } from './attempts.ts';
import { BackgroundCalls } from './background-calls.ts';
import { CallRecords } from './call-records.ts';
import { CallRunner } from './call-runner.ts';
import { CallSweep } from './call-sweep.ts';
import { CallWorker } from './call-worker.ts';
import { DiscoveredOperations } from './discovered-operations.ts';
import { JobCounts } from './job-counts.ts';
import { JobMetrics } from './job-metrics.ts';
import { Operations } from './operations.ts';
import { QueueModule } from './queue/queue.module.ts';
import { RecordedCalls } from './recorded-calls.ts';

/** Calls that outlive the request they were asked by. */
@Module({
  imports: [DiscoveryModule, OutboundModule, QueueModule, RecordsModule, RedisModule],
  providers: [
    AttemptOutcomes,
    AttemptSpans,
    Attempts,
    CallRecords,
    CallRunner,
    CallSweep,
    CallWorker,
    JobCounts,
    JobMetrics,
    { provide: BackgroundCalls, useClass: RecordedCalls },
    { provide: Operations, useClass: DiscoveredOperations },
  ],
  exports: [BackgroundCalls, JobCounts, Operations],
})
export class JobsModule implements OnApplicationBootstrap {
  constructor(
    private readonly connections: RedisConnections,
    private readonly database: EmbeddedDatabase,
    private readonly worker: CallWorker,
  ) {}

  /** Without Redis this process is the worker, too: at once when an earlier run left a store, else from the first call on. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.connections.isConfigured) return;
    const started = this.worker.start();
    if (this.database.exists) await started;
  }
}
