import { LatencyHistogram } from './latency-histogram.ts';
import { Tally } from './tally.ts';
import type { VitalsPoint, VitalsWindow } from './vitals.ts';

/** What several stretches of time, `windowMs` in all, tell together. */
export const toWindow = (tallies: readonly Tally[], windowMs: number): VitalsWindow => {
  const sum = new Tally();
  const latency = new LatencyHistogram();
  for (const tally of tallies) {
    sum.add(tally);
    if (tally.latency) latency.merge(tally.latency);
  }
  const { wellCalls, hits, cacheable, calls, failedCalls, attempts, failedAttempts, ...rest } = sum.counts;
  return {
    windowMs,
    calls,
    failedCalls,
    successRatio: toRatio(wellCalls, wellCalls + failedCalls),
    attempts,
    failedAttempts,
    retries: rest.retries,
    refusedCalls: rest.refusedCalls,
    staleAnswers: rest.staleAnswers,
    latency: latency.toLatency(),
    cacheHitRatio: toRatio(hits, cacheable),
  };
};

const toRatio = (part: number, all: number): number | null => (all === 0 ? null : part / all);

export const toPoint = (tally: Tally | undefined, at: number): VitalsPoint => {
  const { calls = 0, failedCalls = 0, hits = 0 } = tally?.counts ?? {};
  return { at, calls, failedCalls, hits, p95Ms: tally?.latency?.toLatency()?.p95Ms ?? null };
};
