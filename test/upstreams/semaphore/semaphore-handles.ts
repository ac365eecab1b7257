import type { IncomingHttpHeaders } from 'node:http';
import type { StandIn } from '../stand-in.ts';

export interface SemaphoreRequest {
  readonly method: string;
  /** With the query string. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** As it came. */
  readonly body: string;
}

export interface SemaphoreOptions {
  /** Port on 127.0.0.1. Default: 0, the system chooses. */
  readonly port?: number;
  /** What it wants as `Authorization: Token …` or `Bearer …`. */
  readonly token?: string;
  /** Workflows of the first project. Default 73. */
  readonly workflows?: number;
  /** Projects in all. Default 3; more than 500 make a second page. */
  readonly projects?: number;
  /** Jobs in all. Default 45. */
  readonly jobs?: number;
}

/** The forms its errors come in. */
export type SemaphoreErrorForm = 'json-string' | 'text' | 'message' | 'grpc';

/** Known things to ask for; ids are UUIDs. */
export interface SemaphoreSamples {
  /** Of the project that has the workflows. */
  readonly projectId: string;
  readonly projectName: string;
  /** The newest, and so the first of the list. */
  readonly workflowId: string;
  /** A running one with blocks, jobs and a promotion named `promotion`. */
  readonly pipelineId: string;
  /** A pipeline that is done, `failed`. */
  readonly donePipelineId: string;
  /** A pipeline that is done, `passed`: it alone can be promoted without `override`, and cannot be rebuilt. */
  readonly passedPipelineId: string;
  /** A pipeline that nothing can be promoted from: asking for its promotions is answered 500, as the real one does. */
  readonly barePipelineId: string;
  readonly promotion: string;
  /** A finished job with a log of lines. */
  readonly jobId: string;
  /** A job whose log is elsewhere: 302 to a signed URL. */
  readonly movedLogJobId: string;
  /** Where that leads: of a host that nobody may connect to. */
  readonly signedUrl: string;
}

/** Semaphore CI's public API v1alpha, with its oddities. */
export interface SemaphoreStandIn extends StandIn {
  /** Base URL for `SEMAPHORE_URL`; ends in `/api/v1alpha`. */
  readonly url: string;
  readonly token: string;
  readonly samples: SemaphoreSamples;
  /** Ids of the first project's workflows, in the order of the list. */
  readonly workflowIds: readonly string[];
  readonly projectIds: readonly string[];
  readonly jobIds: readonly string[];
  /** The newest requests, oldest first, at most 10,000. */
  readonly requests: readonly SemaphoreRequest[];
  /** Workflows that were started since the beginning, by run or rerun, and pipelines by rebuild; a repeated `request_token` starts none. */
  readonly started: readonly {
    readonly kind: 'run' | 'rerun' | 'rebuild';
    readonly id: string;
    readonly requestToken: string | null;
  }[];
  /** Ids that were told to stop, in order. */
  readonly stopped: readonly string[];
  readonly promoted: readonly { readonly pipelineId: string; readonly name: string; readonly override: boolean }[];
  /** The next `times` requests are answered with `status` in that form. Default once. */
  failNext(status: number, form: SemaphoreErrorForm, times?: number): void;
  /** The next `times` writes are carried out, and then their connection is cut instead of an answer. Default once. */
  loseNextAnswer(times?: number): void;
}
