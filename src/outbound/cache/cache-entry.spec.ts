import { describe, expect, it } from '@jest/globals';
import { buildEntry } from '../../../test/support/build-entry.ts';
import { CacheEntry } from './cache-entry.ts';

describe('a stored response', () => {
  it.each([
    [0, 0, 0, 0],
    [10_000, 0, 0, 10_000],
    [10_000, 0, 2_500, 12_500],
    [10_000, 7_000, 7_001, 10_001],
    [0, -3_000, 2_000, 5_000],
    // Clocks of other instances, or one that was set: it never gets younger than it came.
    [10_000, 7_000, 2_000, 10_000],
  ])('that came %d ms old at %d is, at %d, %d ms old (RFC 9111 §4.2.3)', (initialAgeMs, receivedAt, now, expected) => {
    expect(buildEntry({ initialAgeMs, receivedAt }).ageAt(now)).toBe(expected);
  });

  it.each([
    [0, 60_000],
    [59_999, 1],
    [60_000, 0],
    [90_000, -30_000],
  ])('that is fresh for a minute has, after %d ms, %d ms left', (now, leftMs) => {
    expect(buildEntry().ttlAt(now)).toBe(leftMs);
    expect(buildEntry({ initialAgeMs: 5_000 }).ttlAt(now)).toBe(leftMs - 5_000);
  });

  it('is what it was made of, and nothing is made of its body yet', () => {
    const parts = { ...buildEntry({ status: 404, tags: ['a'], variesOn: ['accept'], keepMs: 3, receivedAt: 2 }) };
    expect({ ...new CacheEntry(parts) }).toEqual(parts);
    expect(new CacheEntry({ ...parts, parsed: { schema: {}, value: 1 } } as CacheEntry).parsed).toBeUndefined();
    expect(buildEntry().variesOn).toBeUndefined();
  });
});
