import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ApiClient, path } from '../../outbound/index.ts';
import { fillPage } from './filled-page.ts';
import { semaphoreJobLog } from './job-log.schema.ts';
import { jobPage, MAX_JOBS, toJobStates } from './job-pages.ts';
import { semaphoreJob } from './job.schema.ts';
import { toNumberedPage, toPlace } from './numbered-pages.ts';
import { semaphorePipelineDetail, semaphoreRebuild } from './pipeline-detail.schema.ts';
import { semaphorePipelines } from './pipeline.schema.ts';
import { projectPage } from './project-pages.ts';
import { semaphoreProject } from './project.schema.ts';
import { hasPromotions, MAX_PROMOTIONS } from './promotion-pages.ts';
import { semaphorePromotions } from './promotion.schema.ts';
import type { SemaphorePage, SemaphorePaging } from './semaphore-paging.ts';
import type {
  SemaphoreJob,
  SemaphoreJobLog,
  SemaphorePipeline,
  SemaphorePipelineDetail,
  SemaphoreProject,
  SemaphorePromotion,
  SemaphoreRun,
  SemaphoreStarted,
  SemaphoreWorkflow,
} from './semaphore-shapes.ts';
import { toRunBody } from './run-body.ts';
import { toUuid } from './semaphore-id.ts';
import { readPosition } from './semaphore-position.ts';
import { semaphoreRerun, semaphoreRun, semaphoreWorkflow, semaphoreWorkflows } from './workflow.schema.ts';

/** The operations of Semaphore's public API v1alpha that we use. All throw `UpstreamError`. */
@Injectable()
export class SemaphoreClient {
  constructor(private readonly http: ApiClient) {}

  listProjects({ limit, position }: SemaphorePaging): Promise<SemaphorePage<SemaphoreProject>> {
    return fillPage(limit, position, (from, wanted) => {
      const place = readPosition(from, 'skip') ?? { page: 1, skip: 0 };
      const query = { page: place.page };
      const answer = projectPage(place, wanted);
      return this.http.get(path`/projects`, { operation: 'listProjects', query, whole: true, answer });
    });
  }

  getProject(name: string): Promise<SemaphoreProject> {
    return this.http.get(path`/projects/${name}`, { operation: 'getProject', answer: semaphoreProject });
  }

  async listWorkflows(
    { projectId, branch }: { readonly projectId: string; readonly branch?: string | undefined },
    paging: SemaphorePaging,
  ): Promise<SemaphorePage<SemaphoreWorkflow>> {
    const place = toPlace(paging);
    const project = toUuid(projectId);
    const query = { project_id: project, branch_name: branch, page: place.page, page_size: place.size };
    const options = { operation: 'listWorkflows', query, whole: true, answer: semaphoreWorkflows };
    return toNumberedPage(await this.http.get(path`/plumber-workflows`, options), place);
  }

  async getWorkflow(id: string): Promise<SemaphoreWorkflow> {
    const options = { operation: 'getWorkflow', answer: semaphoreWorkflow };
    return this.http.get(path`/plumber-workflows/${toUuid(id)}`, options);
  }

  /** Semaphore knows no way to ask for this twice and get it once, so it is never repeated once it was sent. */
  async runWorkflow(run: SemaphoreRun): Promise<SemaphoreStarted> {
    const options = { operation: 'runWorkflow', body: toRunBody(run), answer: semaphoreRun };
    return this.http.post(path`/plumber-workflows`, options);
  }

  /** The same `requestToken` starts one workflow however often it is sent. Default: a new one, kept over the attempts of this call. */
  async rerunWorkflow(id: string, requestToken: string = randomUUID()): Promise<SemaphoreStarted> {
    const options = { operation: 'rerunWorkflow', body: { request_token: requestToken }, answer: semaphoreRerun };
    return this.http.post(path`/plumber-workflows/${toUuid(id)}/reschedule`, options);
  }

  async stopWorkflow(id: string): Promise<void> {
    return this.http.post(path`/plumber-workflows/${toUuid(id)}/terminate`, { operation: 'stopWorkflow' });
  }

  async listPipelines(
    { projectId, workflowId }: { readonly projectId?: string | undefined; readonly workflowId?: string | undefined },
    paging: SemaphorePaging,
  ): Promise<SemaphorePage<SemaphorePipeline>> {
    const place = toPlace(paging);
    const [project, workflow] = [projectId, workflowId].map((id) => id && toUuid(id));
    const query = { project_id: project, wf_id: workflow, page: place.page, page_size: place.size };
    const options = { operation: 'listPipelines', query, whole: true, answer: semaphorePipelines };
    return toNumberedPage(await this.http.get(path`/pipelines`, options), place);
  }

  async getPipeline(id: string): Promise<SemaphorePipelineDetail> {
    const options = { operation: 'getPipeline', query: { detailed: true }, answer: semaphorePipelineDetail };
    return this.http.get(path`/pipelines/${toUuid(id)}`, options);
  }

  async stopPipeline(id: string): Promise<void> {
    const options = { operation: 'stopPipeline', body: { terminate_request: true } };
    return this.http.patch(path`/pipelines/${toUuid(id)}`, options);
  }

  /** Runs again what did not pass; answers the id of the new pipeline. `requestToken` as with `rerunWorkflow`. */
  async rebuildPipeline(id: string, requestToken: string = randomUUID()): Promise<string> {
    const options = { operation: 'rebuildPipeline', body: { request_token: requestToken }, answer: semaphoreRebuild };
    return this.http.post(path`/pipelines/${toUuid(id)}/partial_rebuild`, options);
  }

  async listPromotions(id: string, paging: SemaphorePaging): Promise<SemaphorePage<SemaphorePromotion>> {
    const pipelineId = toUuid(id);
    // Asked for those of a pipeline that has none, Semaphore fails. A later page says that there are some.
    if (paging.position === undefined && !(await hasPromotions(this.http, pipelineId)))
      return { items: [], next: null };
    const place = toPlace(paging, MAX_PROMOTIONS);
    const query = { pipeline_id: pipelineId, page: place.page, page_size: place.size };
    const options = { operation: 'listPromotions', query, whole: true, answer: semaphorePromotions };
    return toNumberedPage(await this.http.get(path`/promotions`, options), place);
  }

  /** Starts the promotion of that name; `override`: although its conditions are not met. */
  async promote(pipelineId: string, name: string, override: boolean): Promise<void> {
    const body = { pipeline_id: toUuid(pipelineId), name, override };
    return this.http.post(path`/promotions`, { operation: 'promote', body });
  }

  /** `states` in lower case; none: all. */
  listJobs(states: readonly string[], { limit, position }: SemaphorePaging): Promise<SemaphorePage<SemaphoreJob>> {
    return fillPage(limit, position, (from, wanted) => {
      const token = readPosition(from, 'token')?.token;
      const query = { page_size: Math.min(wanted, MAX_JOBS), page_token: token, states: toJobStates(states) };
      return this.http.get(path`/jobs`, { operation: 'listJobs', query, answer: jobPage(token) });
    });
  }

  async getJob(id: string): Promise<SemaphoreJob> {
    return this.http.get(path`/jobs/${toUuid(id)}`, { operation: 'getJob', answer: semaphoreJob });
  }

  async getJobLog(id: string): Promise<SemaphoreJobLog> {
    const options = { operation: 'getJobLog', whole: true, answer: semaphoreJobLog };
    return this.http.get(path`/logs/${toUuid(id)}`, options);
  }

  async stopJob(id: string): Promise<void> {
    return this.http.post(path`/jobs/${toUuid(id)}/stop`, { operation: 'stopJob' });
  }
}
