import { DAY_MS } from '../platform/durations.ts';
import type { CallProblem, CallRecord } from './call-record.ts';
import type { DeclaredOperation } from './operations.ts';
import { DEFAULT_RETRY_DELAYS_MS, toPutOffMs, toRetryDelayMs } from './retry-delays.ts';
import type { Outcome } from './to-settled.ts';

/** One that failed, as it is kept, with what it failed with. */
export interface FailedAttempt {
  readonly call: CallRecord;
  readonly operation: Pick<DeclaredOperation, 'retryDelaysMs'>;
  readonly problem: CallProblem;
}

/** The next of the operation's delays; `failed` when they are used up. */
export const toNextAttempt = ({ call, operation, problem }: FailedAttempt): Outcome => {
  const againInMs = toRetryDelayMs(call.attempts, operation.retryDelaysMs);
  if (againInMs === undefined) return { state: 'failed', problem };
  return { state: 'queued', againInMs, isCounted: true, problem };
};

interface PutOff {
  /** What the upstream, or our own limits, asked for. */
  readonly askedMs: number | undefined;
  /** In ms since 1970. */
  readonly now: number;
}

/** Later, without counting this one; `failed` when that would be too late: a wait must not go on for ever. */
export const toPutOff = ({ call, operation, problem }: FailedAttempt, { askedMs, now }: PutOff): Outcome => {
  const since = call.dueAt ?? call.createdAt;
  const againInMs = toPutOffMs({ askedMs, waitedMs: now - since });
  const isTooLate = now + againInMs > since + toPatienceMs(operation);
  return isTooLate ? { state: 'failed', problem } : { state: 'queued', againInMs, isCounted: false, problem };
};

/** A day, or for as long as it may be tried where that is longer. */
const toPatienceMs = ({ retryDelaysMs = DEFAULT_RETRY_DELAYS_MS }: Pick<DeclaredOperation, 'retryDelaysMs'>): number =>
  Math.max(DAY_MS, 1.2 * retryDelaysMs.reduce((sumMs, delayMs) => sumMs + delayMs, 0));
