import { describe, expect, it } from '@jest/globals';
import type { Fate } from '../../../../bench/load/open-loop.ts';
import { toPhaseFigures, toPhases, toSchedule } from '../../../../bench/workloads/goodput/phases.ts';

const phase = { name: 'recovery' as const, fromMs: 1_000, toMs: 4_000, load: 0.5 };
const fate = (sentAtMs: number, more: Partial<Fate> = {}): Fate => ({
  sentAtMs,
  tookMs: 5,
  status: 200,
  hasRetryAfter: false,
  isWrong: false,
  ...more,
});

/** One every 10 ms; those sent before `wellFromMs` had no answer. */
const fates = (wellFromMs: number): Fate[] =>
  Array.from({ length: 500 }, (_, nth) => fate(nth * 10, nth * 10 < wellFromMs ? { status: undefined } : {}));

describe('phases of goodput', () => {
  it('counts what was asked for in the phase, and of that what was answered well', () => {
    const wrong = fate(1_500, { isWrong: true });
    const late = fate(5_000);
    const figures = toPhaseFigures([fate(999), fate(1_000), wrong, fate(3_999), late], phase);
    expect(figures).toMatchObject({ offeredPerSecond: 1, goodPerSecond: 2 / 3, refused: undefined });
  });

  it('finds when it was well again: nine of ten within a second', () => {
    expect(toPhaseFigures(fates(0), phase).wellAfterMs).toBe(0);
    expect(toPhaseFigures(fates(2_000), phase).wellAfterMs).toBe(900);
    expect(toPhaseFigures(fates(3_500), phase).wellAfterMs).toBeUndefined();
  });

  it('counts as refused what is told when to come again, and nothing else', () => {
    const refusal = { status: 503, hasRetryAfter: true };
    const all = [fate(1_000, { ...refusal, tookMs: 2 }), fate(1_001, { ...refusal, tookMs: 4 }), fate(1_002)];
    const { refused } = toPhaseFigures([...all, fate(1_003, { status: 503 })], phase);
    expect(refused).toEqual({ share: 0.5, p50Ms: 2, p99Ms: 4 });
  });

  it('offers the same at the same moments whoever is asked, and each phase its load', () => {
    const phases = toPhases(2);
    const schedule = toSchedule(phases, 200, 1);
    expect(toSchedule(phases, 200, 1)).toEqual(schedule);
    expect(toSchedule(phases, 200, 2)).not.toEqual(schedule);
    for (const { fromMs, toMs, load } of phases) {
      const count = schedule.filter((atMs) => atMs >= fromMs && atMs < toMs).length;
      const expected = (load * 200 * (toMs - fromMs)) / 1_000;
      expect(Math.abs(count - expected)).toBeLessThan(5 * Math.sqrt(expected));
    }
    expect(schedule).toEqual(schedule.toSorted((one, other) => one - other));
  });
});
