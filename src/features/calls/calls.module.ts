import { Module } from '@nestjs/common';
import { InboundModule } from '../../inbound/inbound.module.ts';
import { JobsModule } from '../../jobs/jobs.module.ts';
import { RealtimeModule } from '../../realtime/realtime.module.ts';
import { CallEvents } from './call-events.ts';
import { CallsController } from './calls.controller.ts';
import { CallsRepository } from './calls.repository.ts';
import { DeferredCalls } from './deferred-calls.ts';
import { NewCalls } from './new-calls.ts';
import { OwnCalls } from './own-calls.ts';

/** Background calls, as callers see them. */
@Module({
  imports: [InboundModule, JobsModule, RealtimeModule],
  controllers: [CallsController],
  providers: [CallsRepository, OwnCalls, NewCalls, DeferredCalls, CallEvents],
  exports: [DeferredCalls],
})
export class CallsModule {}
