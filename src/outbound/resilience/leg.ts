import { Cancellation } from '../../platform/cancellation.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Call, Ending, Send } from '../http/call.ts';
import { leaveEnding } from '../http/leave-reply.ts';
import { sinceAttemptBegan } from '../telemetry/attempt-record.ts';
import type { AttemptRecord } from '../telemetry/call-receipt.ts';
import { closeAttempt, isRefusedByUs, openAttempt, toEnding } from './attempt.ts';
import { OVERTAKEN } from './outcome.ts';
import { isPassing } from './retry-safety.ts';

/** One of two attempts side by side: it can be given up by itself. */
export class Leg {
  readonly record: AttemptRecord;
  ending: Ending | undefined;
  readonly #call: Call;
  readonly #clock: Clock;
  readonly #cancellation = new Cancellation();
  #isGivenUp = false;

  constructor(call: Call, clock: Clock) {
    this.record = openAttempt(call, clock);
    this.#call = { ...call, signal: this.#cancellation, attempt: this.record };
    this.#clock = clock;
  }

  /** Resolves when it has ended, or nobody wants it any more. */
  async run(next: Send): Promise<void> {
    const ending = await toEnding(next, this.#call);
    if (this.#isGivenUp) return leaveEnding(ending);
    this.ending = ending;
    closeAttempt(this.record, this.#call, ending, this.#clock);
  }

  /** Its answer will do: no other would be better. */
  get isGood(): boolean {
    return this.ending !== undefined && 'reply' in this.ending && !isPassing(this.ending.reply.status);
  }

  /** Of a second attempt: its answer will do, whatever the first one's will be. A refusal may be for there being two. */
  get isSuccess(): boolean {
    return this.ending !== undefined && 'reply' in this.ending && this.ending.reply.status < 400;
  }

  /** A request of it went out, the one that it ended with or an earlier one. */
  get wasSent(): boolean {
    return this.record.dispatchedMs !== undefined || this.record.earlier !== undefined;
  }

  /** How long its answer took to begin, or has been awaited, in ms; undefined: it was not sent. */
  get awaitedMs(): number | undefined {
    const { dispatchedMs, firstByteMs } = this.record;
    if (dispatchedMs === undefined) return undefined;
    return (firstByteMs ?? sinceAttemptBegan(this.record, this.#call.receipt, this.#clock)) - dispatchedMs;
  }

  /** The call is given up. */
  abort(reason: Error): void {
    this.#cancellation.abort(reason);
  }

  /** Nobody will have its answer. */
  drop(reason: Error): void {
    if (this.ending) leaveEnding(this.ending);
    else this.abort(reason);
  }

  /** The other one was faster, or has more to tell: its connection is freed at once. */
  giveUp(): void {
    if (this.ending) return leaveEnding(this.ending);
    this.#isGivenUp = true;
    this.record.code = 'cancelled';
    this.record.error = 'another attempt was faster';
    this.record.durationMs = sinceAttemptBegan(this.record, this.#call.receipt, this.#clock);
    this.#cancellation.abort(OVERTAKEN);
  }
}

/**
 * Of two with which the call might end: an answer of what is asked for tells more than one of how the upstream is, an answer,
 * what it asks for included, more than none, and what was sent more than what was not.
 */
export const moreTelling = (first: Leg, second: Leg): Leg => (toRank(second) > toRank(first) ? second : first);

const toRank = ({ isGood, ending }: Leg): number => {
  if (isGood) return 4;
  if ('reply' in ending!) return ending.reply.headers['retry-after'] === undefined ? 2 : 3;
  return isRefusedByUs(ending!) ? 0 : 1;
};
