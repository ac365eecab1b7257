/**
 * What goes into `SemaphoreClient` and comes out of it, whatever Semaphore's own forms are: times are ISO 8601 or null,
 * states and results lower case, what is not there yet null.
 */

export interface SemaphoreProject {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly ownerId: string | null;
  /** `public` or `private`. */
  readonly visibility: string | null;
  readonly repository: SemaphoreRepository | null;
}

export interface SemaphoreRepository {
  readonly name: string | null;
  readonly owner: string | null;
  readonly url: string | null;
  /** Path of the pipeline that starts a workflow, such as `.semaphore/semaphore.yml`. */
  readonly pipelineFile: string | null;
  /** Such as `github_app`. */
  readonly integration: string | null;
  /** What starts workflows, such as `branches`, `tags`. */
  readonly runOn: readonly string[];
}

export interface SemaphoreWorkflow {
  readonly id: string;
  readonly projectId: string | null;
  readonly initialPipelineId: string | null;
  readonly branch: string | null;
  readonly commitSha: string | null;
  /** Such as `hook`, `schedule`, `api`, `manual_run`. */
  readonly triggeredBy: string | null;
  readonly requesterId: string | null;
  /** The workflow that this one repeats. */
  readonly rerunOf: string | null;
  readonly createdAt: string | null;
}

export interface SemaphorePipeline {
  readonly id: string;
  readonly name: string | null;
  readonly workflowId: string | null;
  readonly projectId: string | null;
  readonly branch: string | null;
  readonly commitSha: string | null;
  /** Path of its definition in the repository. */
  readonly file: string | null;
  /** Such as `running`, `done`. */
  readonly state: string;
  /** Such as `passed`, `failed`; null until it is done. */
  readonly result: string | null;
  /** Such as `test`, `stuck`. */
  readonly resultReason: string | null;
  readonly createdAt: string | null;
  readonly pendingAt: string | null;
  readonly queuingAt: string | null;
  readonly runningAt: string | null;
  readonly stoppingAt: string | null;
  readonly doneAt: string | null;
}

export interface SemaphorePipelineDetail extends SemaphorePipeline {
  readonly blocks: readonly SemaphoreBlock[];
}

export interface SemaphoreBlock {
  /** Where Semaphore names none, its name: that is unique in a pipeline. */
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly result: string | null;
  readonly jobs: readonly SemaphoreBlockJob[];
}

export interface SemaphoreBlockJob {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly result: string | null;
}

export interface SemaphorePromotion {
  /** The pipeline it started; where Semaphore names none, what identifies it among those of its pipeline. */
  readonly id: string;
  readonly name: string;
  /** Such as `processing`, `passed`, `failed`: whether the pipeline could be started, not how it went. */
  readonly status: string;
  readonly triggeredBy: string | null;
  readonly triggeredAt: string | null;
}

export interface SemaphoreJob {
  readonly id: string;
  readonly name: string;
  readonly projectId: string | null;
  /** Null where its environment does not say. */
  readonly pipelineId: string | null;
  /** Such as `running`, `finished`. */
  readonly state: string;
  /** Such as `passed`; null until it is finished. */
  readonly result: string | null;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** One line that a job wrote. */
export interface SemaphoreLogLine {
  /** When its beginning was written. */
  readonly at: string | null;
  /** Without the line break; terminal colours and all. */
  readonly text: string;
}

export type SemaphoreJobLog =
  | { readonly lines: readonly SemaphoreLogLine[] }
  /** An https URL that carries its own permission. It is for our caller: we neither fetch it nor send it anything. */
  | { readonly location: string };

/** What is to be run. */
export interface SemaphoreRun {
  readonly projectId: string;
  /** Such as `refs/heads/main`, `refs/tags/v1` or `refs/pull/5`. */
  readonly reference: string;
  readonly commitSha?: string | undefined;
  readonly pipelineFile?: string | undefined;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/** What a write started. */
export interface SemaphoreStarted {
  readonly workflowId: string;
  readonly pipelineId: string;
}
