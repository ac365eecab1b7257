import { describe, expect, it } from '@jest/globals';
import { buildEntry } from '../../../../test/support/build-entry.ts';
import type { CacheEntry, Freshness } from '../cache-entry.ts';
import { decide, mayServeOnError, type Decision } from './decision.ts';
import { toRequestRules } from './request-rules.ts';

/** Fresh for 60 s, then to be refreshed for 30 s, and good for errors for 300 s. */
const entryOf = (own: Partial<Freshness> = {}, initialAgeMs = 0): CacheEntry =>
  buildEntry({
    initialAgeMs,
    freshness: {
      lifetimeMs: 60_000,
      browserLifetimeMs: 60_000,
      staleWhileRevalidateMs: 30_000,
      staleIfErrorMs: 300_000,
      mayServeStale: true,
      ...own,
    },
  });

const decideAt = (now: number, cacheControl?: string, entry = entryOf()): Decision =>
  decide(entry, toRequestRules(cacheControl === undefined ? {} : { 'cache-control': cacheControl }), now);

const STRICT = entryOf({ mayServeStale: false, staleWhileRevalidateMs: 0 });

describe('an entry that was found', () => {
  it.each<[number, Decision]>([
    [0, 'serve'],
    [59_999, 'serve'],
    [60_000, 'refresh'],
    [89_999, 'refresh'],
    [90_000, 'validate'],
    [1e12, 'validate'],
    [-5_000, 'serve'],
  ])('at %d ms is what to %s', (now, expected) => expect(decideAt(now)).toBe(expected));

  it('counts the age it came with', () => {
    expect(decideAt(0, undefined, entryOf({}, 59_999))).toBe('serve');
    expect(decideAt(1, undefined, entryOf({}, 59_999))).toBe('refresh');
    expect(decideAt(0, undefined, entryOf({}, 90_000))).toBe('validate');
  });

  it('that is never fresh is validated', () => {
    expect(decideAt(0, undefined, entryOf({ lifetimeMs: 0, staleWhileRevalidateMs: 0 }))).toBe('validate');
  });

  it.each<[string, number, Decision]>([
    ['no-cache', 0, 'validate'],
    ['no-cache, max-stale', 70_000, 'validate'],
    ['max-age=10', 10_000, 'serve'],
    ['max-age=10', 10_001, 'validate'],
    ['max-age=0', 1, 'validate'],
    ['max-age=x', 1, 'validate'],
    ['max-age=600', 59_999, 'serve'],
    ['max-age=10, max-stale=20', 10_001, 'validate'],
    ['min-fresh=10', 50_000, 'serve'],
    ['min-fresh=10', 50_001, 'validate'],
    ['min-fresh=60', 0, 'serve'],
    ['min-fresh=61', 0, 'validate'],
    ['min-fresh=1, max-stale', 60_000, 'validate'],
    ['min-fresh=x', 59_999, 'serve'],
    ['max-stale=100', 60_000, 'serve'],
    ['max-stale=100', 160_000, 'serve'],
    ['max-stale=100', 160_001, 'validate'],
    ['max-stale', 1e12, 'serve'],
    ['max-stale=10', 70_001, 'refresh'],
    ['max-stale=0', 60_000, 'refresh'],
    ['max-stale=x', 90_000, 'validate'],
    ['only-if-cached', 59_999, 'serve'],
    ['only-if-cached', 90_000, 'validate'],
    ['no-store', 0, 'serve'],
  ])('is for a caller with %j at %d ms what to %s', (cacheControl, now, expected) => {
    expect(decideAt(now, cacheControl)).toBe(expected);
  });

  it.each(['max-stale', 'max-stale=9999', 'max-age=9999, max-stale'])(
    'is not served stale to a caller with %j when the upstream forbids it (RFC 9111 §4.2.4)',
    (cacheControl) => {
      expect(decideAt(60_000, cacheControl, STRICT)).toBe('validate');
      expect(decideAt(59_999, cacheControl, STRICT)).toBe('serve');
    },
  );

  // RFC 9111 §5.2.1.1: who names an age without max-stale does not want it stale.
  it('is not served stale to a caller with max-age', () => {
    expect(decideAt(60_000, 'max-age=600')).toBe('validate');
  });
});

describe('an entry, when no answer can be had (RFC 5861 §4)', () => {
  it.each<[number, boolean]>([
    [0, true],
    [60_000, true],
    [359_999, true],
    [360_000, false],
    [1e12, false],
  ])('at %d ms stands in: %j', (now, expected) => expect(mayServeOnError(entryOf(), now)).toBe(expected));

  it('stands in for as long as it is fresh, though not beyond where that is forbidden', () => {
    const entry = entryOf({ staleIfErrorMs: 0, mayServeStale: false });
    expect(mayServeOnError(entry, 59_999)).toBe(true);
    expect(mayServeOnError(entry, 60_000)).toBe(false);
    expect(mayServeOnError(entryOf({ lifetimeMs: 0, staleIfErrorMs: 0 }), 0)).toBe(false);
  });

  it('counts the age it came with', () => expect(mayServeOnError(entryOf({}, 360_000), 0)).toBe(false));
});
