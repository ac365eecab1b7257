import { describe, expect, it } from '@jest/globals';
import { toBackoffMs } from './backoff.ts';

const options = { backoffBaseMs: 50, throttledBackoffBaseMs: 1_000, backoffCapMs: 20_000 };
const JUST_BELOW_ONE = 1 - 2 ** -40;
const backoffMs = (retries: number, isThrottled: boolean, random: number): number =>
  toBackoffMs(options, { retries, isThrottled, random: () => random });

describe('toBackoffMs', () => {
  it.each([
    [0, false, 50],
    [1, false, 100],
    [2, false, 200],
    [8, false, 12_800],
    [9, false, 20_000],
    [2_000, false, 20_000],
    [0, true, 1_000],
    [1, true, 2_000],
    [5, true, 20_000],
  ])('after %i retries (throttled: %s) waits from nothing to %i ms', (retries, isThrottled, mostMs) => {
    expect(backoffMs(retries, isThrottled, 0)).toBe(0);
    expect(backoffMs(retries, isThrottled, 0.5)).toBe(mostMs / 2);
    expect(backoffMs(retries, isThrottled, JUST_BELOW_ONE)).toBeCloseTo(mostMs, 3);
  });
});
