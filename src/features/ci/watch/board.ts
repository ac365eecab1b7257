import type { SemaphorePipeline, SemaphorePipelineDetail } from '../../../providers/semaphore/semaphore-shapes.ts';

/** A job as the board knows it. */
export interface BoardJob {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly result: string | null;
  readonly pipelineId: string;
  readonly projectId: string | null;
}

/** What goes on in the CI service: the newest pipelines of each project, and the jobs of those that are looked at closely. */
export interface Board {
  readonly pipelines: ReadonlyMap<string, SemaphorePipeline>;
  readonly jobs: ReadonlyMap<string, BoardJob>;
}

export const toJobs = ({ id, projectId, blocks }: SemaphorePipelineDetail): BoardJob[] =>
  blocks
    .flatMap(({ jobs }) => jobs)
    .map(({ id: jobId, name, state, result }) => ({ id: jobId, name, state, result, pipelineId: id, projectId }));
