import { describe, expect, it } from '@jest/globals';
import type { OpenLoopResult } from '../../../../bench/load/open-loop.ts';
import { toTailOutcome, type TailResult } from '../../../../bench/workloads/tail/report.ts';

/** 1,000 answers of 6 ms, and so many that took `slowMs`. */
const load = (slow: number, slowMs: number): OpenLoopResult => ({
  fates: Array.from({ length: 1_000 }, (_, nth) => ({
    sentAtMs: nth,
    tookMs: nth < slow ? slowMs : 6,
    status: 200,
    hasRetryAfter: false,
    isWrong: false,
  })),
  latenessMs: Array.from({ length: 1_000 }, () => 0.5),
});

const result = (name: string, loads: OpenLoopResult[], callsPerRequest = 1): TailResult => ({
  name,
  loads,
  callsPerRequest: loads.map(() => callsPerRequest),
});

const stragglers = result('unhedged', [load(6, 250), load(6, 252)]);

describe('report of tail', () => {
  it('compares p99.5 round by round, and tells the price', () => {
    const { targets, doubts, report } = toTailOutcome([result('app', [load(6, 25), load(6, 25.2)], 1.02), stragglers]);
    expect(doubts).toEqual([]);
    expect(targets).toMatchObject([
      { value: expect.closeTo(0.1, 5), wanted: 0.25, doubts: [] },
      { value: expect.closeTo(2, 5), wanted: 3, doubts: [] },
    ]);
    expect(report).toContain('× 0.10');
  });

  it('refuses rounds that disagree', () => {
    const { doubts, report } = toTailOutcome([result('app', [load(6, 10), load(6, 30)]), stragglers]);
    expect(doubts).toEqual([expect.stringContaining('disagree by a factor of 2.98')]);
    expect(report).toContain('refused');
  });

  it('refuses where stragglers are not seen without hedges', () => {
    const { doubts } = toTailOutcome([result('app', [load(6, 10)]), result('unhedged', [load(4, 250)])]);
    expect(doubts).toEqual([expect.stringContaining('stragglers are not seen')]);
  });

  it('refuses figures of requests that failed, were answered wrongly, or were sent late', () => {
    const bad = load(6, 25);
    bad.latenessMs.fill(40, 0, 20);
    bad.fates.forEach((fate, nth) => void (nth < 2 && (fate.isWrong = true)));
    const { doubts } = toTailOutcome([result('app', [bad]), stragglers]);
    expect(doubts.slice(0, 3)).toEqual([
      'app: its load fell behind: 1 % was sent 40 ms late or more',
      'app: 2 answers were wrong',
      expect.stringMatching(/^app: 2 requests had no right answer/),
    ]);
  });
});
