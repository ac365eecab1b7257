import { describe, expect, it } from '@jest/globals';
import { DEFAULT_RETRY_DELAYS_MS, toPutOffMs, toRetryDelayMs } from './retry-delays.ts';

const [least, most] = [() => 0, () => 0.999_999_999];

describe('toRetryDelayMs', () => {
  it('goes over hours by default, and then ends', () => {
    const delays = Array.from({ length: 9 }, (_none, index) => toRetryDelayMs(index + 1, undefined, () => 0.5));
    expect(delays).toEqual([5e3, 3e4, 12e4, 6e5, 18e5, 36e5, 108e5, 216e5, undefined]);
    expect(DEFAULT_RETRY_DELAYS_MS).toHaveLength(8);
  });

  it('strays by a tenth', () => {
    expect([toRetryDelayMs(1, [1_000], least), toRetryDelayMs(1, [1_000], most)]).toEqual([900, 1_100]);
  });

  it('has no other attempt where none is declared', () => expect(toRetryDelayMs(1, [])).toBeUndefined());
});

describe('toPutOffMs', () => {
  it.each([
    // asked for, waited already, least and most
    [60_000, 0, 60_000, 65_000],
    [10_000, 3_600_000, 10_000, 11_000],
    [0, 0, 1_000, 1_100],
    [-5, 0, 1_000, 1_100],
    [undefined, 0, 5_000, 5_500],
    [undefined, 30_000, 30_000, 33_000],
    [undefined, 86_400_000, 600_000, 605_000],
  ])('asked for %p, waited %i: %i to %i', (askedMs, waitedMs, from, to) => {
    expect(toPutOffMs({ askedMs, waitedMs }, least)).toBe(from);
    expect(toPutOffMs({ askedMs, waitedMs }, most)).toBeLessThanOrEqual(to);
  });
});
