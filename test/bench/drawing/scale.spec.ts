import { describe, expect, it } from '@jest/globals';
import { toTicks } from '../../../bench/drawing/scale.ts';

describe('the scale of bars', () => {
  it.each([
    [12_900, [0, 5_000, 10_000, 15_000]],
    [0.9, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [3, [0, 1, 2, 3]],
    [0, [0, 1]],
    [Infinity, [0, 1]],
  ])('has a few round numbers from zero to %d or more', (greatest, ticks) => {
    expect(toTicks(greatest)).toEqual(ticks);
  });
});
