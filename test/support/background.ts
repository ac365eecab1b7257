import type { TestingModuleBuilder } from '@nestjs/testing';
import { CallQueue } from '../../src/jobs/call-queue.ts';
import { Clock } from '../../src/platform/clock.ts';
import { Records } from '../../src/platform/records/records.ts';
import { MemoryQueue } from './memory-queue.ts';
import { MemoryRecords } from './memory-records.ts';

/** For `createApp`: background calls and all that is kept for long live in memory, so that no store has to be started. */
export const withMemoryBackground = (builder: TestingModuleBuilder): TestingModuleBuilder =>
  builder
    .overrideProvider(Records)
    .useFactory({ factory: (clock: Clock) => new MemoryRecords(clock), inject: [Clock] })
    .overrideProvider(CallQueue)
    .useFactory({ factory: (clock: Clock) => new MemoryQueue(clock), inject: [Clock] });
