import { Cancellation } from '../../platform/cancellation.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Call, Ending, Send } from '../http/call.ts';
import { leaveEnding } from '../http/leave-reply.ts';
import { sinceAttemptBegan } from '../telemetry/attempt-record.ts';
import type { AttemptRecord } from '../telemetry/call-receipt.ts';
import { closeAttempt, openAttempt, toEnding } from './attempt.ts';
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
