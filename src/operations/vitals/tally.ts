import type { AttemptRecord, CallReceipt } from '../../outbound/index.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import type { Slot } from './slot-ring.ts';
import { hasFailed, isInVain, isMade, SLOW_FROM_MS, toCause, toTold, toTookMs } from './to-told.ts';

const NOTHING = {
  calls: 0,
  /** Of the calls: they tell how the service does. */
  failedCalls: 0,
  wellCalls: 0,
  refusedCalls: 0,
  /** Of those that tell, the ones for which the service was asked. */
  asked: 0,
  askedInVain: 0,
  /** Stale answers, and of them those that stood in for a failure. */
  staleAnswers: 0,
  standIns: 0,
  hits: 0,
  /** Calls that the store could have answered. */
  cacheable: 0,
  attempts: 0,
  failedAttempts: 0,
  retries: 0,
};

export type Counts = typeof NOTHING;
const NAMES = Object.keys(NOTHING) as (keyof Counts)[];

/** When the first and the last of some calls were under way, on the clock's monotonic scale. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What happened to the calls of one service in a stretch of time. */
export class Tally implements Slot {
  number = -1;
  readonly counts: Counts = { ...NOTHING };
  /** Why calls failed, and how many. */
  readonly causes = new Map<string, number>();
  /** Of calls for which the service was asked in vain. */
  inVain: Span | undefined;
  /** Of calls that may have been slow. */
  slow: Span | undefined;
  #latency: LatencyHistogram | undefined;

  /** Of attempts; undefined: there were none that tell. */
  get latency(): LatencyHistogram | undefined {
    return this.#latency && this.#latency.total > 0 ? this.#latency : undefined;
  }

  clear(): void {
    Object.assign(this.counts, NOTHING);
    this.causes.clear();
    this.inVain = this.slow = undefined;
    this.#latency?.clear();
  }

  add({ counts, causes }: Tally): this {
    for (const name of NAMES) this.counts[name] += counts[name];
    for (const [cause, count] of causes) this.causes.set(cause, (this.causes.get(cause) ?? 0) + count);
    return this;
  }

  note(receipt: CallReceipt): void {
    const { counts } = this;
    // Who waited for it is counted by receipts of their own.
    if (!receipt.isShared) this.noteCall(receipt);
    let made = 0;
    for (const attempt of receipt.attempts) if (isMade(attempt)) made += this.noteAttempt(attempt, receipt);
    if (made > 1) counts.retries += made - 1;
  }

  private noteCall(receipt: CallReceipt): void {
    const { counts } = this;
    const { cache } = receipt;
    counts.calls += 1;
    if (cache !== undefined) {
      if (cache.fwd === undefined) counts.hits += 1;
      if (cache.fwd !== 'bypass' && cache.fwd !== 'method') counts.cacheable += 1;
      if (cache.detail === 'stale-if-error' || cache.detail === 'stale-while-revalidate') counts.staleAnswers += 1;
    }
    this.judge(receipt);
  }

  private judge(receipt: CallReceipt): void {
    const { counts } = this;
    const told = toTold(receipt);
    if (told === 'refused') counts.refusedCalls += 1;
    if (told === 'refused' || told === 'nothing') return;
    counts[told === 'failed' ? 'failedCalls' : 'wellCalls'] += 1;
    if (receipt.cache !== undefined && receipt.cache.fwd === undefined) return;
    counts.asked += 1;
    if (!isInVain(receipt)) return;
    counts.askedInVain += 1;
    if (told === 'well') counts.standIns += 1;
    this.inVain = including(this.inVain, receipt);
    const cause = toCause(receipt);
    this.causes.set(cause, (this.causes.get(cause) ?? 0) + 1);
  }

  /** @returns 1, or 0 for one beside another */
  private noteAttempt(attempt: AttemptRecord, receipt: CallReceipt): 0 | 1 {
    this.counts.attempts += 1;
    if (hasFailed(attempt)) this.counts.failedAttempts += 1;
    const tookMs = toTookMs(attempt);
    if (tookMs !== undefined) (this.#latency ??= new LatencyHistogram()).add(tookMs);
    if (tookMs !== undefined && tookMs >= SLOW_FROM_MS) this.slow = including(this.slow, receipt);
    return attempt.isHedge ? 0 : 1;
  }
}

const including = (span: Span | undefined, { startedAt, durationMs }: CallReceipt): Span => ({
  from: Math.min(span?.from ?? startedAt, startedAt),
  to: startedAt + durationMs,
});
