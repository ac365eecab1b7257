import { defineProvider, staticToken } from '../../outbound/index.ts';
import { toFailureMessage } from './semaphore-failure.ts';
import { SemaphoreOptions } from './semaphore-options.ts';

/** A dashboard shows what is going on now; a wall of dashboards asks once. */
const now = { method: 'GET', cache: 'off', collapse: true } as const;

/** Semaphore's ingress gives up after 30 s: what may not be repeated gets all the time there is for its answer. */
const once = { method: 'POST', attemptTimeoutMs: 30_000, callDeadlineMs: 30_000 } as const;

/** Carries a `request_token`: the same token starts one thing, however often it comes. */
const tokened = { method: 'POST', idempotent: true } as const;

const MEBIBYTE = 1_048_576;

/**
 * Semaphore CI's public API v1alpha, `https://<organisation>.semaphoreci.com/api/v1alpha`. Its ingress answers after 5 or
 * 30 s at the latest. Stopping what has been told to stop changes nothing, so that may be repeated.
 */
export const semaphore = defineProvider('semaphore', {
  optionsType: SemaphoreOptions,
  credential: staticToken({ header: 'authorization', scheme: 'Token' }),
  // Asked for by its documentation.
  userAgent: 'SemaphoreCI v2.0 Client',
  explainFailure: toFailureMessage,
  attemptTimeoutMs: 10_000,
  breakerWindowMs: 60_000,
  operations: {
    listProjects: now,
    getProject: now,
    listWorkflows: now,
    getWorkflow: now,
    runWorkflow: once,
    rerunWorkflow: tokened,
    stopWorkflow: { method: 'POST', idempotent: true },
    listPipelines: now,
    getPipeline: now,
    stopPipeline: { method: 'PATCH', idempotent: true },
    rebuildPipeline: tokened,
    listPromotions: now,
    promote: once,
    listJobs: now,
    getJob: now,
    // Logs are large, and being written: few at a time.
    getJobLog: {
      ...now,
      mayRedirect: true,
      attemptTimeoutMs: 30_000,
      callDeadlineMs: 30_000,
      maxResponseBytes: 16 * MEBIBYTE,
      maxConcurrent: 8,
    },
    stopJob: { method: 'POST', idempotent: true },
  },
});
