import type { Clock } from '../../platform/clock.ts';
import { outsideContext } from '../../platform/context/request-context.ts';
import { settledWithin } from '../../platform/settled-within.ts';
import type { Call, Ending } from '../http/call.ts';
import type { CallReceipt } from '../telemetry/call-receipt.ts';
import type { CallReceipts } from '../telemetry/call-receipts.ts';
import { noteEnding } from '../telemetry/receipt.ts';

/** What is aborted ends at once, unless something is just being stored. */
const ABORTED_MS = 100;

export interface CollapsedReceiptParts {
  readonly receipts: CallReceipts;
  readonly clock: Clock;
}

/**
 * The receipt of a call that several wait for. It becomes part of that of the caller it was begun for; is that one told of
 * before the call is over, it is told by itself: what an attempt tells is known when it has ended, and counts once.
 */
export class CollapsedReceipt {
  /** What the stages write. */
  readonly own: CallReceipt;
  readonly #leader: CallReceipt;
  readonly #parts: CollapsedReceiptParts;
  #isLeft = false;
  #isOver = false;

  constructor(leader: CallReceipt, parts: CollapsedReceiptParts) {
    const { isRefresh: _isRefresh, ...begun } = leader;
    this.#leader = leader;
    this.#parts = parts;
    const empty = { attempts: [], backoffsMs: [], decisions: [] };
    this.own = { ...begun, ...empty, isBackground: false, isShared: true };
    parts.receipts.begin(this.own);
  }

  /** The caller it was begun for goes; of no effect when the call is over. @param aborted the call, when it is about to end */
  async leave(aborted?: Promise<unknown>): Promise<void> {
    if (aborted && !this.#isOver) await settledWithin(aborted, ABORTED_MS, this.#parts.clock);
    if (this.#isOver) return;
    this.#isLeft = true;
    this.#leader.decisions.push('left a call that goes on for others');
  }

  /** The call, made with this receipt, is over. */
  end(call: Call, ending: Ending): void {
    const { own } = this;
    const { receipts, clock } = this.#parts;
    this.#isOver = true;
    if (!this.#isLeft) {
      receipts.forget(own);
      return handOver(own, this.#leader);
    }
    noteEnding(call, ending);
    own.durationMs = clock.now() - own.startedAt;
    // The request that it was begun for has gone on without it.
    outsideContext(() => receipts.publish(own));
  }
}

const handOver = (from: CallReceipt, to: CallReceipt): void => {
  const { attempts, backoffsMs, decisions, circuit, hedge, retryBudgetTokens, notices } = from;
  to.attempts.push(...attempts);
  to.backoffsMs.push(...backoffsMs);
  to.decisions.push(...decisions);
  if (circuit !== undefined) to.circuit = circuit;
  if (hedge !== undefined) to.hedge = hedge;
  if (retryBudgetTokens !== undefined) to.retryBudgetTokens = retryBudgetTokens;
  if (notices) to.notices = notices;
};
