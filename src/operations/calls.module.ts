import { Module } from '@nestjs/common';
import { InboundModule } from '../inbound/inbound.module.ts';
import { JobsModule } from '../jobs/jobs.module.ts';
import { OperatorsCallsController } from './calls.controller.ts';
import { AnyCallsRepository } from './calls.repository.ts';

/** Background calls, as operators see them. */
@Module({
  imports: [InboundModule, JobsModule],
  controllers: [OperatorsCallsController],
  providers: [AnyCallsRepository],
})
export class OperatorsCallsModule {}
