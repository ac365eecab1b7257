import { Injectable } from '@nestjs/common';
import { Pages } from '../../inbound/pagination/pages.ts';
import type { CallOwner } from '../../outbound/index.ts';
import type { SemaphorePaging } from '../../providers/semaphore/semaphore-paging.ts';
import type { SemaphoreStarted } from '../../providers/semaphore/semaphore-shapes.ts';
import { SemaphoreClient } from '../../providers/semaphore/semaphore.client.ts';
import type { Accepted } from './ids.dto.ts';
import { orNotFound } from './or-not-found.ts';
import { orUnacceptable } from './or-unacceptable.ts';
import { toRequestToken } from './request-token.ts';
import type { StartedWorkflow, Workflow, WorkflowPage, WorkflowRequest, WorkflowsQuery } from './workflows.dto.ts';

const UNACCEPTABLE_RUN = {
  field: 'reference',
  detail: 'is not taken by the CI service together with commitSha, pipelineFile and parameters: one of them is wrong',
};

/** All throw NotFoundException when there is no such workflow, or no such project. */
@Injectable()
export class WorkflowsRepository {
  constructor(
    private readonly semaphore: SemaphoreClient,
    private readonly pages: Pages,
  ) {}

  findPage({ projectId, branch, ...query }: WorkflowsQuery): Promise<WorkflowPage> {
    return this.pages.read(['ci/workflows', projectId, branch], query, (paging: SemaphorePaging) =>
      orNotFound(this.semaphore.listWorkflows({ projectId, branch }, paging), `project ${projectId}`),
    );
  }

  findOne(id: string): Promise<Workflow> {
    return orNotFound(this.semaphore.getWorkflow(id), `workflow ${id}`);
  }

  async run(request: WorkflowRequest): Promise<StartedWorkflow> {
    const started = orUnacceptable(this.semaphore.runWorkflow(request), UNACCEPTABLE_RUN);
    return toStarted(await orNotFound(started, `project ${request.projectId}`));
  }

  /** @param key the caller's; without one, every request is one of its own */
  async rerun(id: string, caller: CallOwner, key: string | undefined): Promise<StartedWorkflow> {
    const token = key === undefined ? undefined : toRequestToken({ caller, operation: 'rerun workflow', id, key });
    return toStarted(await orNotFound(this.semaphore.rerunWorkflow(id, token), `workflow ${id}`));
  }

  async stop(id: string): Promise<Accepted> {
    await orNotFound(this.semaphore.stopWorkflow(id), `workflow ${id}`);
    return { id };
  }
}

const toStarted = ({ workflowId, pipelineId }: SemaphoreStarted): StartedWorkflow => ({ id: workflowId, pipelineId });
