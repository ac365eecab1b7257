import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ApiClient, path } from '../../../../src/outbound/index.ts';
import type { SemaphorePage, SemaphorePaging } from '../../../../src/providers/semaphore/semaphore-paging.ts';
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
} from '../../../../src/providers/semaphore/semaphore-shapes.ts';
import { begun, job, jobs, pipeline, pipelines, project, projects, workflow, workflows } from './semaphore.schema.ts';

@Injectable()
export class SemaphoreClient {
  constructor(private readonly http: ApiClient) {}

  listProjects(paging: SemaphorePaging): Promise<SemaphorePage<SemaphoreProject>> {
    return this.http.get(path`/repos`, { query: toQuery(paging), answer: projects });
  }

  getProject(name: string): Promise<SemaphoreProject> {
    return this.http.get(path`/repos/titled/${name}`, { answer: project });
  }

  listWorkflows(
    { projectId, branch }: { readonly projectId: string; readonly branch?: string | undefined },
    paging: SemaphorePaging,
  ): Promise<SemaphorePage<SemaphoreWorkflow>> {
    return this.http.get(path`/repos/${projectId}/runs`, { query: { ...toQuery(paging), branch }, answer: workflows });
  }

  getWorkflow(id: string): Promise<SemaphoreWorkflow> {
    return this.http.get(path`/runs/${id}`, { answer: workflow });
  }

  runWorkflow({ projectId, reference }: SemaphoreRun): Promise<SemaphoreStarted> {
    const body = { ref: reference };
    return this.http.post(path`/repos/${projectId}/runs`, { operation: 'start', body, answer: begun });
  }

  rerunWorkflow(id: string, requestToken?: string): Promise<SemaphoreStarted> {
    const headers = requestToken === undefined ? {} : { 'idempotency-key': requestToken };
    return this.http.post(path`/runs/${id}/again`, { operation: 'repeat', headers, answer: begun });
  }

  stopWorkflow(id: string): Promise<void> {
    return this.http.delete(path`/runs/${id}`, { operation: 'cancel' });
  }

  listPipelines(
    { workflowId = 'all' }: { readonly projectId?: string | undefined; readonly workflowId?: string | undefined },
    paging: SemaphorePaging,
  ): Promise<SemaphorePage<SemaphorePipeline>> {
    return this.http.get(path`/runs/${workflowId}/stages`, { query: toQuery(paging), answer: pipelines });
  }

  getPipeline(id: string): Promise<SemaphorePipelineDetail> {
    return this.http.get(path`/stages/${id}`, { answer: pipeline });
  }

  stopPipeline(id: string): Promise<void> {
    return this.http.delete(path`/stages/${id}`, { operation: 'cancel' });
  }

  async rebuildPipeline(id: string, requestToken?: string): Promise<string> {
    return (await this.rerunWorkflow(id.split('.')[0]!, requestToken)).pipelineId;
  }

  /** It has none: every stage follows by itself. */
  listPromotions(_pipelineId: string, _paging: SemaphorePaging): Promise<SemaphorePage<SemaphorePromotion>> {
    return Promise.resolve({ items: [], next: null });
  }

  promote(pipelineId: string, name: string, override: boolean): Promise<void> {
    return this.http.post(path`/stages/${pipelineId}/follow`, { operation: 'start', body: { name, override } });
  }

  listJobs(states: readonly string[], paging: SemaphorePaging): Promise<SemaphorePage<SemaphoreJob>> {
    return this.http.get(path`/tasks`, { query: { ...toQuery(paging), state: states }, answer: jobs });
  }

  getJob(id: string): Promise<SemaphoreJob> {
    return this.http.get(path`/tasks/${id}`, { answer: job });
  }

  /** One text, and no times. */
  async getJobLog(id: string): Promise<SemaphoreJobLog> {
    const text = await this.http.get(path`/tasks/${id}/output`, { answer: z.string() });
    return { lines: text.split('\n').map((line) => ({ at: null, text: line })) };
  }

  stopJob(id: string): Promise<void> {
    return this.http.delete(path`/tasks/${id}`, { operation: 'cancel' });
  }
}

const toQuery = ({ limit, position }: SemaphorePaging): Record<string, string | number | undefined> => ({
  n: limit,
  after: position && 'token' in position ? position.token : undefined,
});
