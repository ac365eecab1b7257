import type { JobsOptions, WorkerOptions } from 'bullmq';

export const QUEUE_NAME = 'calls';

/** In Redis; in the embedded store there is a schema instead. */
export const KEY_PREFIX = 'breakwater:jobs';

const LOCK_MS = 25_000;
const STALLED_CHECK_MS = 5_000;
const RETRY_MS = 5_000;
/** The largest that PostgreSQL takes. The record of a call says when it has been tried often enough, and nobody else. */
const UNLIMITED = 2_147_483_647;

/** What becomes of a call is in its record: nothing stays of it here. */
export const JOB_OPTIONS = {
  removeOnComplete: true,
  removeOnFail: true,
  attempts: UNLIMITED,
  backoff: { type: 'fixed', delay: RETRY_MS },
  stackTraceLimit: 0,
} satisfies JobsOptions;

/** The calls of a worker that died are with another one after LOCK_MS and STALLED_CHECK_MS at the latest: 30 s. */
export const WORKER_OPTIONS = {
  prefix: KEY_PREFIX,
  lockDuration: LOCK_MS,
  stalledInterval: STALLED_CHECK_MS,
  maxStalledCount: UNLIMITED,
  runRetryDelay: 1_000,
} satisfies Partial<WorkerOptions>;

/** Of the embedded store there is one worker, and when that dies the next one takes over at once: this is for what cannot happen. */
export const LONE_WORKER_OPTIONS = { ...WORKER_OPTIONS, stalledInterval: 60_000 };

/** Nobody reads BullMQ's own log of events. */
export const QUEUE_OPTIONS = { prefix: KEY_PREFIX, streams: { events: { maxLen: 100 } } };
