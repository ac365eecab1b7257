import type { CallReceipt } from '../../outbound/index.ts';
import { findUsual, type Patience, type Slowness } from './slowness.ts';
import type { SlotRing } from './slot-ring.ts';
import { Tally } from './tally.ts';
import { SLOW_FROM_MS } from './to-told.ts';

/** So many calls have to wait, and be half of those of the last 15 s, waiting ones included. */
const LEAST_CALLS = 3;
const STALLED_RATIO = 0.5;
const RECENT_SLOTS = 3;

/** So many times the usual is long. */
const USUAL_TIMES = 3;

export interface UnderWay {
  readonly ring: SlotRing<Tally>;
  readonly now: number;
  readonly patience: Patience;
  /** Of the calls of all providers that are under way, those that began first first. */
  readonly receipts: Iterable<CallReceipt>;
  readonly provider: string;
}

/** Whether calls hang: what has no answer yet has no latency either, and may not have for half a minute. */
export const findStalled = ({ ring, now, patience, receipts, provider }: UnderWay): Slowness | undefined => {
  const current = ring.numberAt(now);
  const usualMs = patience.usualMs ?? findUsual(ring, current, RECENT_SLOTS);
  const limitMs = patience.slowAttemptRatio * patience.attemptTimeoutMs;
  const longMs = usualMs === undefined ? limitMs : Math.max(SLOW_FROM_MS, USUAL_TIMES * usualMs);
  const waiting = listWaiting(receipts, provider, now - longMs);
  const [first] = waiting;
  if (first === undefined || waiting.length < LEAST_CALLS) return undefined;
  const ended = ring.until(current, RECENT_SLOTS).reduce((all, tally) => all.add(tally), new Tally());
  if (waiting.length / (waiting.length + ended.counts.asked) < STALLED_RATIO) return undefined;
  const why = `${waiting.length} calls have been under way for ${Math.round(longMs)} ms and longer`;
  return { since: first.startedAt, usualMs, why };
};

/** Streams are handed on as soon as they begin; what only waits for another call has no attempt of its own. */
const listWaiting = (receipts: Iterable<CallReceipt>, provider: string, before: number): CallReceipt[] => {
  const waiting: CallReceipt[] = [];
  for (const receipt of receipts) {
    if (receipt.startedAt > before) break;
    if (receipt.provider === provider && receipt.attempts.length > 0) waiting.push(receipt);
  }
  return waiting;
};
