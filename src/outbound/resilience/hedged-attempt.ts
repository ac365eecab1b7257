import type { Call, Reply, Send } from '../http/call.ts';
import { leaveEnding } from '../http/leave-reply.ts';
import { isRefusedByUs } from './attempt.ts';
import { mayBeHedged, payForHedge, WHY_NOT, type HedgeParts, type Refusal } from './hedge-refusal.ts';
import { LateWatch } from './late-watch.ts';
import { learnFromLegs, type Learners } from './learn-from-legs.ts';
import { Leg, moreTelling } from './leg.ts';
import type { RetryPermit } from './retry-budget.ts';

export type Hedged = HedgeParts & Learners;

/**
 * One attempt, and a second one beside it once it is late: what answers first counts, and the other one is given up. What
 * the second one is refused with (4xx) counts only when the first one has failed.
 */
export class HedgedAttempt {
  readonly #outcome = Promise.withResolvers<Reply>();
  readonly #first: Leg;
  readonly #watch: LateWatch;
  #second: Leg | undefined;
  #permit: RetryPermit | undefined;
  #hasEarned = false;
  #isOver = false;

  constructor(
    private readonly next: Send,
    private readonly call: Call,
    private readonly parts: Hedged,
  ) {
    const { hedging, clock } = parts;
    const afterMs = mayBeHedged(call) ? hedging.afterMs : undefined;
    this.#first = new Leg(call, clock);
    this.#watch = new LateWatch(this.#first, clock, () => this.consider());
    if (call.signal.aborted) this.#onAbort();
    call.signal.addEventListener('abort', this.#onAbort);
    this.run(this.#first);
    if (afterMs !== undefined && !call.signal.aborted) this.#watch.start(afterMs);
  }

  get outcome(): Promise<Reply> {
    return this.#outcome.promise;
  }

  readonly #onAbort = (): void => {
    const { reason } = this.call.signal;
    this.#watch.stop();
    this.#first.abort(reason);
    this.#second?.abort(reason);
  };

  private run(leg: Leg): void {
    leg
      .run(this.next)
      .then(() => this.noteEnd(leg))
      .catch((mistake: Error) => this.fail(mistake));
  }

  /** It is late. */
  private consider(): void {
    const { awaitedMs } = this.#first;
    this.earn();
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
    if (leg === this.#second && isRefusedByUs(leg.ending!) && !leg.wasSent) this.retract(leg);
    const [first, second] = [this.#first, this.#second];
    if (leg === first ? leg.isGood : leg.isSuccess) this.finish(leg);
    // What failed has to wait for the other one.
    else if (first.ending && (second === undefined || second.ending))
      this.finish(second ? moreTelling(first, second) : first);
  }

  /** It did not get out: as if it had not been begun. */
  private retract(leg: Leg): void {
    const { attempts } = this.call.receipt;
    attempts.splice(attempts.indexOf(leg.record), 1);
    this.#second = undefined;
    this.settlePermit(true);
    this.parts.hedging.giveBack();
    this.noteRefusal('circuit');
  }

  private finish(leg: Leg): void {
    this.close();
    this.earn();
    learnFromLegs(this.call, this.parts, [this.#first, this.#second]);
    if (this.#second) this.settleWith(leg, this.#second);
    this.#isOver = true;
    const ending = leg.ending!;
    const { aborted, reason } = this.call.signal;
    if ('reply' in ending && (leg.isGood || !aborted)) return this.#outcome.resolve(ending.reply);
    leaveEnding(ending);
    this.#outcome.reject(aborted ? reason : 'error' in ending && ending.error);
  }

  /** By a mistake of our own. */
  private fail(mistake: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#outcome.reject(mistake);
    this.close();
    this.settlePermit(false);
    this.#first.drop(mistake);
    this.#second?.drop(mistake);
  }

  private close(): void {
    this.#watch.stop();
    this.call.signal.removeEventListener('abort', this.#onAbort);
  }

  private settlePermit(isRefunded: boolean): void {
    this.#permit?.release(isRefunded);
    this.#permit = undefined;
  }

  private settleWith(leg: Leg, second: Leg): void {
    const hasWon = leg === second && leg.isGood;
    (leg === second ? this.#first : second).giveUp();
    this.settlePermit(hasWon);
    this.call.receipt.hedge = hasWon ? 'won' : leg.isGood ? 'lost' : 'failed';
  }

  /** Once, of what was sent and somebody waits for. */
  private earn(): void {
    if (this.#hasEarned || !this.#first.wasSent || this.call.isBackground) return;
    this.#hasEarned = true;
    this.parts.hedging.earn();
  }
}
