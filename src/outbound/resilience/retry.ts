import type { Clock } from '../../platform/clock.ts';
import { sleep } from '../../platform/sleep.ts';
import { toRetryAfterMs } from '../errors/retry-after.ts';
import type { Call, Ending, Reply, Stage } from '../http/call.ts';
import { leaveEnding } from '../http/leave-reply.ts';
import { attempt, isRefusedByUs } from './attempt.ts';
import { toBackoffMs, type BackoffOptions } from './backoff.ts';
import type { RetryBudget, RetryPermit } from './retry-budget.ts';
import { judgeError, judgeReply, type Verdict } from './retry-safety.ts';

export interface RetryOptions extends BackoffOptions {
  readonly idempotencyHeader: string;
}

export interface RetryParts {
  readonly budget: RetryBudget;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Repeats an attempt only with proof that it is safe, with budget to pay for it, and with time left to wait. */
export const retry =
  (options: RetryOptions, parts: RetryParts): Stage =>
  (next) =>
  async (call) => {
    const { budget, clock } = parts;
    let hasSucceededAtOnce = false;
    budget.callStarted();
    try {
      let last = await attempt(next, call, clock);
      hasSucceededAtOnce = isSuccess(last);
      for (let retries = 0; !isSuccess(last); retries += 1) {
        const permit = await prepareRetry({ call, options, parts, retries }, last);
        if (permit === undefined) break;
        const ending = await attempt(next, call, clock);
        permit.release(isSuccess(ending));
        // Not let through this time: the call ends with what really happened to it before.
        if (isRefusedByUs(ending)) {
          note(call, 'the repetition was not let through: the call ends with what it had');
          break;
        }
        leaveEnding(last);
        last = ending;
      }
      return settle(last);
    } finally {
      budget.callEnded(hasSucceededAtOnce);
      call.receipt.retryBudgetTokens = budget.tokens;
    }
  };

const isSuccess = (ending: Ending): boolean => 'reply' in ending && ending.reply.status < 400;

const settle = (ending: Ending): Reply => {
  if ('error' in ending) throw ending.error;
  return ending.reply;
};

interface Repetition {
  readonly call: Call;
  readonly options: RetryOptions;
  readonly parts: RetryParts;
  /** Retries made so far. */
  readonly retries: number;
}

/** Decides, pays and waits; undefined when the call ends with what it has. */
const prepareRetry = async (repetition: Repetition, last: Ending): Promise<RetryPermit | undefined> => {
  const { call, options, parts } = repetition;
  const verdict = judge(call, last, options.idempotencyHeader.toLowerCase());
  if (verdict === undefined) return undefined;
  const delayMs = toDelayMs(repetition, last);
  const refusal = refuse(repetition, verdict, delayMs);
  const permit = refusal === undefined ? parts.budget.tryAcquire(isThrottled(last)) : undefined;
  if (permit === undefined) return note(call, `not retried: ${refusal ?? 'the retry budget is spent'}`);
  note(call, `retried: ${verdict.why}`);
  call.receipt.backoffsMs.push(delayMs);
  call.noteBackoff?.(parts.clock.now() + delayMs, last);
  try {
    await sleep(parts.clock, delayMs, call.signal);
    return permit;
  } catch (ended) {
    permit.release(false);
    leaveEnding(last);
    throw ended;
  }
};

const note = (call: Call, decision: string): undefined => void call.receipt.decisions.push(decision);

const judge = (call: Call, last: Ending, keyHeader: string): Verdict | undefined => {
  if ('error' in last) return judgeError(call, last.error, keyHeader);
  return call.operation.repeatsAnswers ? judgeReply(call, last.reply, keyHeader) : undefined;
};

const refuse = ({ call, retries, parts }: Repetition, verdict: Verdict, delayMs: number): string | undefined => {
  if (call.signal.aborted) return 'the call has ended';
  if (!verdict.mayRepeat) return verdict.why;
  if (retries + 1 >= call.operation.maxAttempts) return `attempts made: ${retries + 1}`;
  // Also where the upstream named the time: failing now tells the caller sooner.
  if (parts.clock.now() + delayMs >= call.deadlineAt)
    return `a wait of ${Math.round(delayMs)} ms does not fit the deadline`;
  return undefined;
};

/** The longer of our own backoff and what the upstream asked for (RFC 9110 §10.2.3). */
const toDelayMs = ({ options, parts, retries }: Repetition, last: Ending): number => {
  const asked = 'reply' in last ? toRetryAfterMs(last.reply.headers['retry-after'], parts.clock.wallTime()) : undefined;
  return Math.max(asked ?? 0, toBackoffMs(options, { retries, isThrottled: isThrottled(last), random: parts.random }));
};

const isThrottled = (ending: Ending): boolean => 'reply' in ending && ending.reply.status === 429;
