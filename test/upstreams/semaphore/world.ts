import type { Micros } from './time-forms.ts';

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly number: number;
}

/** The number that lists give, and its name, which single answers give. */
export const TRIGGERS = ['HOOK', 'SCHEDULE', 'API', 'MANUAL_RUN'] as const;

export interface Workflow {
  readonly id: string;
  readonly projectId: string;
  readonly initialPipelineId: string;
  readonly branch: string;
  readonly commitSha: string;
  readonly trigger: (typeof TRIGGERS)[number];
  readonly rerunOf: string;
  readonly created: Micros;
}

export const PIPELINE_TIMES = ['created', 'pending', 'queuing', 'running', 'stopping', 'done'] as const;
export type PipelineTimes = Record<(typeof PIPELINE_TIMES)[number], Micros>;

export type Result = 'passed' | 'failed' | 'stopped' | 'canceled';

export interface Pipeline {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  readonly workflowId: string;
  readonly branch: string;
  readonly commitSha: string;
  /** Path in the repository. */
  readonly file: string;
  /** Names of what can be promoted from it. */
  readonly targets: readonly string[];
  readonly promotionOf: string;
  readonly partialRerunOf: string;
  state: 'queuing' | 'running' | 'stopping' | 'done';
  /** What it is or will be once it is done. */
  result: Result;
  reason: 'test' | 'user';
  readonly times: PipelineTimes;
}

export interface Job {
  readonly id: string;
  readonly name: string;
  readonly block: string;
  readonly index: number;
  readonly projectId: string;
  /** Empty for a job of no pipeline. */
  readonly pipelineId: string;
  readonly selfHosted: boolean;
  state: 'PENDING' | 'QUEUED' | 'RUNNING' | 'FINISHED';
  result: 'NONE' | 'PASSED' | 'FAILED' | 'STOPPED';
  readonly created: Micros;
  started: Micros;
  finished: Micros;
}

export interface Promotion {
  readonly pipelineId: string;
  readonly name: string;
  readonly triggeredBy: string;
  readonly triggered: Micros;
  readonly override: boolean;
  readonly status: 'processing' | 'passed' | 'failed';
  /** Empty while it is processing. */
  readonly scheduledPipelineId: string;
}

/** Everything that this organisation has; lists are newest first. */
export interface World {
  readonly projects: Project[];
  readonly workflows: Workflow[];
  readonly pipelines: Pipeline[];
  readonly jobs: Job[];
  readonly promotions: Promotion[];
  /** A fixed time of 2026 that grows a little with each call. */
  now(): Micros;
}
