import { Injectable } from '@nestjs/common';
import { Pages } from '../../inbound/pagination/pages.ts';
import type { CallOwner } from '../../outbound/index.ts';
import type { SemaphorePaging } from '../../providers/semaphore/semaphore-paging.ts';
import { SemaphoreClient } from '../../providers/semaphore/semaphore.client.ts';
import type { Accepted } from './ids.dto.ts';
import { orNotFound } from './or-not-found.ts';
import { orUnacceptable } from './or-unacceptable.ts';
import type { PipelineDetail } from './pipeline-detail.dto.ts';
import type { PipelinePage, PipelinesQuery } from './pipelines.dto.ts';
import { toRequestToken } from './request-token.ts';

const UNACCEPTABLE_REBUILD = { field: 'id', detail: 'must be of a pipeline that is done and has not passed' };

/** All throw NotFoundException when there is no such pipeline, or nothing that could have some. */
@Injectable()
export class PipelinesRepository {
  constructor(
    private readonly semaphore: SemaphoreClient,
    private readonly pages: Pages,
  ) {}

  findPage({ projectId, workflowId, ...query }: PipelinesQuery): Promise<PipelinePage> {
    const owner = projectId === undefined ? `workflow ${workflowId}` : `project ${projectId}`;
    return this.pages.read(['ci/pipelines', projectId, workflowId], query, (paging: SemaphorePaging) =>
      orNotFound(this.semaphore.listPipelines({ projectId, workflowId }, paging), owner),
    );
  }

  findOne(id: string): Promise<PipelineDetail> {
    return orNotFound(this.semaphore.getPipeline(id), `pipeline ${id}`);
  }

  async stop(id: string): Promise<Accepted> {
    await orNotFound(this.semaphore.stopPipeline(id), `pipeline ${id}`);
    return { id };
  }

  /** @param key the caller's; without one, every request is one of its own */
  async rebuild(id: string, caller: CallOwner, key: string | undefined): Promise<Accepted> {
    const token = key === undefined ? undefined : toRequestToken({ caller, operation: 'rebuild pipeline', id, key });
    const rebuilt = orUnacceptable(this.semaphore.rebuildPipeline(id, token), UNACCEPTABLE_REBUILD);
    return { id: await orNotFound(rebuilt, `pipeline ${id}`) };
  }
}
