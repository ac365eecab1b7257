import { Module } from '@nestjs/common';
import { InboundModule } from '../../inbound/inbound.module.ts';
import { SchedulesModule } from '../../jobs/schedules/schedules.module.ts';
import { SemaphoreModule } from '../../providers/semaphore/semaphore.module.ts';
import { RealtimeModule } from '../../realtime/realtime.module.ts';
import { BoardReader } from './watch/board-reader.ts';
import { CiWatch } from './watch/ci-watch.ts';
import { CiOperations } from './ci-operations.ts';
import { JobsController } from './jobs.controller.ts';
import { JobsRepository } from './jobs.repository.ts';
import { LargeLogs } from './large-logs.ts';
import { PipelinesController } from './pipelines.controller.ts';
import { PipelinesRepository } from './pipelines.repository.ts';
import { ProjectsController } from './projects.controller.ts';
import { ProjectsRepository } from './projects.repository.ts';
import { PromotionsController } from './promotions.controller.ts';
import { PromotionsRepository } from './promotions.repository.ts';
import { WorkflowsController } from './workflows.controller.ts';
import { WorkflowsRepository } from './workflows.repository.ts';

/** Continuous integration: projects, workflows, pipelines and jobs. */
@Module({
  imports: [InboundModule, RealtimeModule, SchedulesModule, SemaphoreModule],
  controllers: [ProjectsController, WorkflowsController, PipelinesController, PromotionsController, JobsController],
  providers: [
    BoardReader,
    CiWatch,
    CiOperations,
    ProjectsRepository,
    WorkflowsRepository,
    PipelinesRepository,
    PromotionsRepository,
    JobsRepository,
    LargeLogs,
  ],
})
export class CiModule {}
