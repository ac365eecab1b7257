import type { CacheOutcome } from '../cache/cache-outcome.ts';
import type { UpstreamErrorCode } from '../errors/upstream-error.ts';

/** One try at reaching the upstream. Times are milliseconds since the call began. */
export interface AttemptRecord {
  readonly startedAtMs: number;
  /** Time spent waiting for a permit. */
  queuedMs: number;
  /** From the attempt's start until the status line arrived; absent when it never did. */
  firstByteMs?: number;
  durationMs: number;
  /** The answer's status, when there was an answer. */
  status?: number;
  /** Why the attempt failed: an error's reason. */
  error?: string;
}

/** Everything that was done for one call, and why: written by the stages, read by logs, metrics and tests. */
export interface CallReceipt {
  readonly provider: string;
  readonly operation: string;
  readonly method: string;
  readonly template: string;
  readonly requestId: string | undefined;
  readonly traceId: string | undefined;
  /** It was made for a background call, whose id is the request's. */
  readonly isBackground: boolean;
  /** On the clock's monotonic scale. */
  readonly startedAt: number;
  readonly attempts: AttemptRecord[];
  /** Waits between attempts, in ms. */
  readonly backoffsMs: number[];
  /** Plain sentences: why it was or was not retried, let in, or let through. */
  readonly decisions: string[];
  durationMs: number;
  /** What the cache did for it; absent when it failed before the cache was asked. */
  cache?: CacheOutcome;
  /** How it ended; `internal` is a mistake of our own. */
  outcome: 'answered' | 'cancelled' | 'internal' | UpstreamErrorCode;
  /** The answer's status, when there was an answer. */
  status?: number;
}
