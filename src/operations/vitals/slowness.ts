import { LatencyHistogram } from './latency-histogram.ts';
import type { Trouble } from './failing.ts';
import type { SlotRing } from './slot-ring.ts';
import type { Tally } from './tally.ts';
import { SLOW_FROM_MS } from './to-told.ts';

/** So many times the usual is slow. */
const USUAL_TIMES = 3;

/** Of so many attempts, so many have to be slow; and so many tell what is usual. */
const LEAST_ATTEMPTS = 5;
const LEAST_SLOW = 3;
const LEAST_USUAL = 10;

/** A stretch with fewer slow ones is from before the trouble, or after it. */
const TROUBLED_RATIO = 0.05;

/** The shorter that has enough attempts is what counts: 15 s, or 60 s. What is usual: 5 minutes. In slots. */
const WINDOWS = [3, 12];
const USUAL_SLOTS = 60;

export interface Patience {
  /** What an attempt may take, in ms, and from which share of it on it is slow. */
  readonly attemptTimeoutMs: number;
  readonly slowAttemptRatio: number;
  /** What was usual when it last was neither slow nor failing; undefined: find out. */
  readonly usualMs: number | undefined;
}

export interface Slowness extends Trouble {
  readonly usualMs: number | undefined;
}

/** Whether answers take far longer than they use to, or most of them about as long as they may. */
export const findSlow = (ring: SlotRing<Tally>, current: number, patience: Patience): Slowness | undefined => {
  for (const slots of WINDOWS) {
    const recent = ring.until(current, slots);
    const latency = mergeLatencies(recent);
    if (latency.total < LEAST_ATTEMPTS) continue;
    // Most services need no more: nothing is slow that takes less.
    const leastMs = Math.min(SLOW_FROM_MS, patience.slowAttemptRatio * patience.attemptTimeoutMs);
    if (latency.countFrom(leastMs) < LEAST_SLOW) return undefined;
    const usualMs = patience.usualMs ?? findUsual(ring, current, slots);
    const slow = judge(latency, { ...patience, usualMs }, slots * ring.slotMs);
    if (slow === undefined) return undefined;
    return { why: slow.why, usualMs, since: toBeginning(ring, current, slow.fromMs) ?? 0 };
  }
  return undefined;
};

/** The median of what was before; of all but the latest stretch, where there is nothing older yet. */
export const findUsual = (ring: SlotRing<Tally>, current: number, slots: number): number | undefined => {
  for (const latest of [slots, 1]) {
    const before = mergeLatencies(ring.until(current - latest, USUAL_SLOTS - latest));
    if (before.total >= LEAST_USUAL) return before.quantile(0.5)!;
  }
  return undefined;
};

const mergeLatencies = (tallies: readonly Tally[]): LatencyHistogram => {
  const merged = new LatencyHistogram();
  for (const { latency } of tallies) if (latency) merged.merge(latency);
  return merged;
};

const judge = (latency: LatencyHistogram, patience: Patience, windowMs: number) => {
  const { attemptTimeoutMs, slowAttemptRatio, usualMs } = patience;
  const p95Ms = latency.quantile(0.95)!;
  const unusualMs = Math.max(SLOW_FROM_MS, USUAL_TIMES * (usualMs ?? Infinity));
  if (p95Ms >= unusualMs && latency.countFrom(unusualMs) >= LEAST_SLOW) {
    const why = `attempts of the last ${windowMs / 1_000} s took up to ${round(p95Ms)} ms (p95), ${round(usualMs!)} ms is usual`;
    return { why, fromMs: unusualMs };
  }
  const limitMs = slowAttemptRatio * attemptTimeoutMs;
  const beyond = latency.countFrom(limitMs);
  if (beyond < LEAST_SLOW || beyond < latency.total / 2) return undefined;
  const often = `${beyond} of ${latency.total} attempts of the last ${windowMs / 1_000} s`;
  return {
    why: `${often} took about ${round(limitMs)} ms or longer, of ${attemptTimeoutMs} ms they may`,
    fromMs: limitMs,
  };
};

const round = (ms: number): number => (ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms));

/** When the first of the slow calls began, as far back as there were some in each stretch that had any. */
const toBeginning = (ring: SlotRing<Tally>, current: number, fromMs: number): number | undefined => {
  let since: number | undefined;
  for (const { number, latency, slow } of ring.until(current, USUAL_SLOTS)) {
    if (latency === undefined) continue;
    const isSlow = latency.countFrom(fromMs) / latency.total >= TROUBLED_RATIO;
    if (!isSlow && since !== undefined) break;
    if (isSlow) since = slow?.from ?? number * ring.slotMs;
  }
  return since;
};
