import { describe, expect, it } from '@jest/globals';
import { nextPause } from './next-pause.ts';

describe('the pause between two rounds of questions', () => {
  it.each([
    [0, 60_000, 1_000],
    [999, 60_000, 1_000],
    [30_000, 60_000, 30_000],
    [3_600_000, 60_000, 60_000],
    [0, 500, 500],
    [undefined, 60_000, 10_000],
    [undefined, 5_000, 5_000],
  ])('with answers that hold for %s ms, and %d ms at most, is %d ms', (ttlMs, refreshMs, pauseMs) =>
    expect(nextPause(ttlMs, refreshMs, 0)).toBe(pauseMs),
  );

  it('grows in trouble until it is the ordinary one', () =>
    expect([1, 2, 3, 4, 5, 5_000].map((times) => nextPause(undefined, 60_000, times))).toEqual([
      ...[1_000, 2_000, 4_000, 8_000, 10_000, 10_000],
    ]));

  it('is never longer in trouble than without', () => expect(nextPause(1_500, 60_000, 9)).toBe(1_500));
});
