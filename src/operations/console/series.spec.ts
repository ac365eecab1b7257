import { describe as suite, expect, it } from '@jest/globals';
import { callsPerSecond, describe, errorRatios, latencies, lonePoints } from './page/series.ts';

const point = (at: number, calls: number, failedCalls = 0, p95Ms: number | null = null) => ({
  ...{ at, calls, failedCalls, p95Ms },
});
const HISTORY = [point(10_000, 50), point(15_000, 0), point(20_000, 100, 25, 80)];

suite('what the charts of the console show', () => {
  it('is calls in a second, at their times in seconds', () => {
    expect(callsPerSecond(HISTORY)).toEqual({ atS: [10, 15, 20], values: [10, 0, 20] });
    expect(callsPerSecond([point(10_000, 50)]).values).toEqual([10]);
    expect(callsPerSecond([])).toEqual({ atS: [], values: [] });
  });

  it('is no ratio where there were no calls, and never more than all of them', () => {
    expect(errorRatios(HISTORY).values).toEqual([0, null, 0.25]);
    expect(errorRatios([point(1, 1, 3)]).values).toEqual([1]);
  });

  it('is latency as it is', () => {
    expect(latencies(HISTORY).values).toEqual([null, null, 80]);
  });

  it('has points where no line would pass', () => {
    expect(lonePoints([1, null, 2, 3, null, null, 4])).toEqual([0, 6]);
    expect(lonePoints([])).toEqual([]);
  });

  it('can be told in words', () => {
    expect(describe(latencies(HISTORY), String)).toBe('between 80 and 80 in the last 5 minutes, 80 now');
    expect(describe(errorRatios([point(1, 2, 1), point(2, 0)]), String)).toBe(
      'between 0.5 and 0.5 in the last 5 minutes, nothing now',
    );
    expect(describe(latencies([]), String)).toBe('nothing in the last 5 minutes');
  });
});
