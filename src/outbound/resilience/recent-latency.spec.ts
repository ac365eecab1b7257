import { describe, expect, it } from '@jest/globals';
import { RecentLatency } from './recent-latency.ts';

const STEP = 2 ** (1 / 8);

const observing = (...tookMs: number[]): RecentLatency => {
  const latency = new RecentLatency();
  for (const ms of tookMs) latency.add(ms);
  return latency;
};

const times = (count: number, ms: number): number[] => Array.from({ length: count }, () => ms);

describe('RecentLatency', () => {
  it('tells nothing by fewer than 50 answers', () => {
    expect(observing(...times(49, 7))).toMatchObject({ medianMs: undefined, p98Ms: undefined });
    expect(observing(...times(50, 7)).p98Ms).toBeGreaterThanOrEqual(7);
  });

  it.each([0, 0.1, 0.5, 1, 3.3, 40, 999, 3_600_000])(
    'tells %d ms at most 9 %% too high, from half a millisecond on',
    (ms) => {
      const { medianMs, p98Ms } = observing(...times(50, ms));
      expect(medianMs).toBe(p98Ms);
      expect(p98Ms).toBeGreaterThanOrEqual(ms);
      expect(p98Ms).toBeLessThanOrEqual(Math.max(0.5, ms) * STEP * 1.000_001);
    },
  );

  it('is exceeded by one in fifty at most, whatever the answers', () => {
    let seed = 7;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const all = Array.from({ length: 1_010 }, () => 5 + 400 * random() ** 8);
    const { medianMs, p98Ms } = observing(...all);
    // Found out last by the first 1,010 less at most 64.
    const counted = all.slice(0, 50 + 64 * 15);
    expect(counted.filter((ms) => ms > p98Ms!).length).toBeLessThanOrEqual(counted.length * 0.02);
    expect(counted.filter((ms) => ms > p98Ms! / STEP).length).toBeGreaterThan(counted.length * 0.02);
    expect(counted.filter((ms) => ms > medianMs!).length).toBeLessThanOrEqual(counted.length / 2);
  });

  it('does not see what one in a hundred takes', () => {
    expect(observing(...times(990, 10), ...times(10, 500)).p98Ms).toBeLessThan(12);
  });

  it('forgets what was more than two thousand answers ago', () => {
    const latency = observing(...times(1_024, 500));
    for (const ms of times(1_024, 10)) latency.add(ms);
    expect(latency.p98Ms).toBeGreaterThan(499);
    for (const ms of times(1_024, 10)) latency.add(ms);
    expect(latency.p98Ms).toBeLessThan(12);
  });

  it('follows an upstream that gets slower within two in a hundred answers', () => {
    const latency = observing(...times(1_024, 10));
    for (const ms of times(128, 300)) latency.add(ms);
    expect(latency.p98Ms).toBeGreaterThan(299);
  });
});
