import { describe, expect, it } from '@jest/globals';
import { LatencyHistogram } from './latency-histogram.ts';

const of = (...times: readonly number[]): LatencyHistogram => {
  const histogram = new LatencyHistogram();
  for (const ms of times) histogram.add(ms);
  return histogram;
};

describe('LatencyHistogram', () => {
  it('tells nothing of nothing', () => {
    expect([of().quantile(0.5), of().toLatency(), of().countFrom(0)]).toEqual([null, null, 0]);
  });

  it.each([0.2, 1, 3, 47, 512, 999, 3_000, 29_999, 600_000])('tells %d ms within 9 %%', (ms) => {
    for (const share of [0.01, 0.5, 1]) {
      expect(of(ms).quantile(share)! / ms).toBeGreaterThan(1 / 1.1);
      expect(of(ms).quantile(share)! / ms).toBeLessThan(1.1);
    }
  });

  it('tells the quantiles of many', () => {
    const { p50Ms, p95Ms, p99Ms } = of(...Array.from({ length: 10_000 }, (_, index) => index / 10)).toLatency()!;
    expect(Math.abs(p50Ms - 500)).toBeLessThan(10);
    expect(Math.abs(p95Ms - 950)).toBeLessThan(20);
    expect(Math.abs(p99Ms - 990)).toBeLessThan(40);
  });

  it.each([0, -1, 1e12])('bears %d ms', (ms) => {
    expect(of(ms).total).toBe(1);
    expect(of(ms).quantile(0.5)).not.toBeNaN();
  });

  it('counts those that took long, adds others, and forgets', () => {
    const histogram = of(10, 20, 900);
    histogram.merge(of(1_000, 5));
    expect([histogram.countFrom(500), histogram.total]).toEqual([2, 5]);
    histogram.clear();
    expect([histogram.countFrom(0), histogram.total, histogram.toLatency()]).toEqual([0, 0, null]);
  });
});
