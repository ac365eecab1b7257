import { Injectable } from '@nestjs/common';
import { Pages } from '../../inbound/pagination/pages.ts';
import type { SemaphorePaging } from '../../providers/semaphore/semaphore-paging.ts';
import type { SemaphoreJobLog } from '../../providers/semaphore/semaphore-shapes.ts';
import { SemaphoreClient } from '../../providers/semaphore/semaphore.client.ts';
import type { Accepted } from './ids.dto.ts';
import { toStates } from './job-states.ts';
import type { Job, JobPage, JobsQuery } from './jobs.dto.ts';
import { orNotFound } from './or-not-found.ts';

/** All that take an id throw NotFoundException when there is no such job. */
@Injectable()
export class JobsRepository {
  constructor(
    private readonly semaphore: SemaphoreClient,
    private readonly pages: Pages,
  ) {}

  findPage({ state, ...query }: JobsQuery): Promise<JobPage> {
    const states = toStates(state);
    return this.pages.read(['ci/jobs', ...states], query, (paging: SemaphorePaging) =>
      this.semaphore.listJobs(states, paging),
    );
  }

  findOne(id: string): Promise<Job> {
    return orNotFound(this.semaphore.getJob(id), `job ${id}`);
  }

  findLog(id: string): Promise<SemaphoreJobLog> {
    return orNotFound(this.semaphore.getJobLog(id), `log of a job ${id}`);
  }

  async stop(id: string): Promise<Accepted> {
    await orNotFound(this.semaphore.stopJob(id), `job ${id}`);
    return { id };
  }
}
