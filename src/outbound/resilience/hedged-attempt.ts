import type { Cancel } from '../../platform/clock.ts';
import type { Call, Ending, Reply, Send } from '../http/call.ts';
import { isRefusedByUs } from './attempt.ts';
import { mayBeHedged, payForHedge, WHY_NOT, type HedgeParts, type Refusal } from './hedge-refusal.ts';
import type { Hedging } from './hedging.ts';
import type { HoldOff } from './hold-off.ts';
import { Leg } from './leg.ts';
import type { RetryPermit } from './retry-budget.ts';

export interface Hedged extends HedgeParts {
  readonly hedging: Hedging;
  readonly holdOff: HoldOff;
}

/** A timer that is later than this ran in a busy process, in ms: the answer may be here, and nobody has read it yet. */
const BUSY_MS = 2;

/** One attempt, and a second one beside it once it is late: the first good answer counts, and the other attempt is given up. */
export class HedgedAttempt {
  readonly #outcome = Promise.withResolvers<Reply>();
  readonly #first: Leg;
  #second: Leg | undefined;
  #permit: RetryPermit | undefined;
  #cancelTimer: Cancel = () => undefined;
  #hasLookedAgain = false;
  #isOver = false;

  constructor(
    private readonly next: Send,
    private readonly call: Call,
    private readonly parts: Hedged,
  ) {
    const { hedging, clock } = parts;
    const afterMs = mayBeHedged(call) ? hedging.afterMs : undefined;
    hedging.earn();
    this.#first = new Leg(call, clock);
    if (call.signal.aborted) this.#onAbort();
    call.signal.addEventListener('abort', this.#onAbort);
    this.run(this.#first);
    if (afterMs !== undefined && !call.signal.aborted) this.watch(afterMs, afterMs);
  }

  get outcome(): Promise<Reply> {
    return this.#outcome.promise;
  }

  readonly #onAbort = (): void => {
    const { reason } = this.call.signal;
    this.#cancelTimer();
    this.#first.abort(reason);
    this.#second?.abort(reason);
  };

  private run(leg: Leg): void {
    void leg.run(this.next).then(() => this.noteEnd(leg));
  }

  private watch(afterMs: number, inMs: number): void {
    this.#cancelTimer = this.parts.clock.schedule(() => this.consider(afterMs), inMs);
  }

  /** Is it late? It may have been sent later than it began, or its answer may be coming already. */
  private consider(afterMs: number): void {
    const { record, awaitedMs } = this.#first;
    if (record.firstByteMs !== undefined) return;
    const lateMs = awaitedMs === undefined ? 0 : awaitedMs - afterMs;
    if (lateMs <= -1) return this.watch(afterMs, -lateMs);
    if (lateMs > BUSY_MS && !this.#hasLookedAgain) {
      this.#hasLookedAgain = true;
      return this.watch(afterMs, 1);
    }
    const paid = payForHedge({ ...this.parts, call: this.call, isSent: awaitedMs !== undefined }, this.parts);
    if (typeof paid === 'string') return this.noteRefusal(paid);
    this.#permit = paid;
    this.hedge(awaitedMs!);
  }

  private hedge(awaitedMs: number): void {
    const { call, parts } = this;
    call.receipt.decisions.push(`hedged: no answer for ${Math.round(awaitedMs)} ms`);
    this.#second = new Leg({ ...call, headers: { ...call.headers } }, parts.clock);
    this.#second.record.isHedge = true;
    this.run(this.#second);
  }

  private noteRefusal(refusal: Refusal): void {
    this.call.receipt.hedge = refusal;
    this.call.receipt.decisions.push(`not hedged: ${WHY_NOT[refusal]}`);
  }

  private noteEnd(leg: Leg): void {
    if (this.#isOver) return;
    if (leg === this.#second && isRefusedByUs(leg.ending!)) this.retract(leg);
    const [first, second] = [this.#first, this.#second];
    if (leg.isGood && (leg === first || leg === second)) this.finish(leg);
    // What failed has to wait for the other one.
    else if (first.ending && (second === undefined || second.ending))
      this.finish(second ? moreTelling(first, second) : first);
  }

  /** It did not get out: as if it had not been begun. */
  private retract(leg: Leg): void {
    const { attempts } = this.call.receipt;
    attempts.splice(attempts.indexOf(leg.record), 1);
    this.#second = undefined;
    this.#permit?.release(true);
    this.#permit = undefined;
    this.parts.hedging.giveBack();
    this.noteRefusal('circuit');
  }

  private finish(leg: Leg): void {
    this.#isOver = true;
    this.#cancelTimer();
    this.call.signal.removeEventListener('abort', this.#onAbort);
    this.learn();
    if (this.#second) this.settleWith(leg, this.#second);
    const ending = leg.ending!;
    if ('reply' in ending) this.#outcome.resolve(ending.reply);
    else this.#outcome.reject(ending.error);
  }

  private settleWith(leg: Leg, second: Leg): void {
    const hasWon = leg === second && leg.isGood;
    (leg === second ? this.#first : second).giveUp();
    this.#permit?.release(hasWon);
    this.call.receipt.hedge = hasWon ? 'won' : leg.isGood ? 'lost' : 'failed';
  }

  /** One that is given up would have taken longer still; what failed tells nothing of how long answers take. */
  private learn(): void {
    const { hedging, holdOff } = this.parts;
    const { isGood, ending, awaitedMs } = this.#first;
    if (awaitedMs !== undefined && (isGood || ending === undefined)) hedging.noteAnswer(awaitedMs);
    for (const leg of [this.#first, this.#second]) {
      if (leg?.ending && 'reply' in leg.ending) holdOff.note(leg.ending.reply, this.call.receipt.notices?.quota);
    }
  }
}

/** Of two that failed: an answer, what it asks for included, tells more than none, and what was sent more than what was not. */
const moreTelling = (first: Leg, second: Leg): Leg => (toRank(second.ending!) > toRank(first.ending!) ? second : first);

const toRank = (ending: Ending): number => {
  if ('reply' in ending) return ending.reply.headers['retry-after'] === undefined ? 2 : 3;
  return isRefusedByUs(ending) ? 0 : 1;
};
