import { OUTCOME_UNKNOWN } from './call-problems.ts';
import { isFinished, type CallProblem, type CallRecord } from './call-record.ts';

/** How a call ends. */
export type Ending =
  | { readonly state: 'succeeded'; readonly result: unknown; readonly isResultTooLarge?: boolean }
  | { readonly state: 'failed' | 'outcome_unknown' | 'cancelled'; readonly problem?: CallProblem };

/** There is to be another attempt. */
export interface AnotherAttempt {
  readonly state: 'queued';
  readonly againInMs: number;
  /** Whether this one counts. */
  readonly isCounted: boolean;
  readonly problem?: CallProblem;
}

/** What came of an attempt. */
export type Outcome = Ending | AnotherAttempt;

/** The call when it is over. `now`: ms since 1970. */
export const toFinished = (call: CallRecord, ending: Ending, now: number): CallRecord => {
  const { problem, ...rest } = call;
  const last = ending.state === 'succeeded' || problem === undefined ? {} : { problem };
  return { ...rest, ...last, ...ending, finishedAt: now, nextAttemptAt: null, isSending: false };
};

/**
 * The call after an attempt at it, by what is kept of it now; undefined when that is not about this attempt any more.
 * Whoever took this worker for dead may have ended the call as `outcome_unknown`: now it is known.
 */
export const toSettled = (
  call: CallRecord,
  { attempt, outcome, now }: { readonly attempt: CallRecord; readonly outcome: Outcome; readonly now: number },
): CallRecord | undefined => {
  if (call.startedAt !== attempt.startedAt || call.attempts !== attempt.attempts) return undefined;
  if (isFinished(call)) return mayCorrect(call, outcome) ? toFinished(call, outcome, now) : undefined;
  if (call.state !== 'running') return undefined;
  if (outcome.state !== 'queued') return toFinished(call, outcome, now);
  if (!call.isCancelRequested) return toQueued(call, outcome, now);
  return toFinished(call, outcome.isCounted ? UNKNOWN : { state: 'cancelled' }, now);
};

/** It failed in a way that says nothing of whether it was done, and is not to be tried again. */
const UNKNOWN: Ending = { state: 'outcome_unknown', problem: OUTCOME_UNKNOWN };

const mayCorrect = ({ state }: CallRecord, outcome: Outcome): outcome is Ending =>
  state === 'outcome_unknown' && (outcome.state === 'succeeded' || outcome.state === 'failed');

const toQueued = (call: CallRecord, { againInMs, isCounted, problem }: AnotherAttempt, now: number): CallRecord => ({
  ...call,
  ...(problem && { problem }),
  state: 'queued',
  attempts: isCounted ? call.attempts : call.attempts - 1,
  nextAttemptAt: againInMs > 0 ? now + againInMs : null,
  isSending: false,
});
