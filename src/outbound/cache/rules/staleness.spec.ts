import { describe, expect, it } from '@jest/globals';
import type { HeaderMap } from '../../http/header-map.ts';
import type { CachePolicy } from '../cache-policy.ts';
import { toFreshness } from './freshness.ts';
import { toResponseDirectives } from './targeted-directives.ts';

const NOTHING: CachePolicy = {
  ttlMs: 0,
  staleWhileRevalidateMs: 0,
  staleIfErrorMs: 0,
  heuristicRatio: 0,
  refreshAhead: 'on',
  bridgesSharedMaxAge: false,
};
const DECLARED: CachePolicy = { ...NOTHING, staleWhileRevalidateMs: 7_000, staleIfErrorMs: 8_000 };
/** What one operation itself declares. */
const OVERRIDDEN: CachePolicy = { ...DECLARED, bridgesSharedMaxAge: true };

/** Milliseconds for refreshing and for errors, and whether callers may ask for it stale. */
const staleness = (headers: HeaderMap, policy: CachePolicy) => {
  const freshness = toFreshness({ status: 200, headers, wallTime: 0 }, toResponseDirectives(headers), policy);
  return [freshness.staleWhileRevalidateMs, freshness.staleIfErrorMs, freshness.mayServeStale];
};
const of = (cacheControl: string, policy = DECLARED) => staleness({ 'cache-control': cacheControl }, policy);

const BOTH = 'stale-while-revalidate=1, stale-if-error=2';

describe('how long a response may be served stale', () => {
  it.each([
    ['says nothing', 'max-age=9', [0, 0, true]],
    ['names both times', `max-age=9, ${BOTH}`, [1_000, 2_000, true]],
    ['names one', 'max-age=9, stale-if-error=2', [0, 2_000, true]],
    ['names the other', 'max-age=9, stale-while-revalidate=1', [1_000, 0, true]],
    ['names them beside s-maxage', `s-maxage=9, ${BOTH}`, [1_000, 2_000, false]],
    ['names no numbers', 'stale-while-revalidate, stale-if-error=x', [0, 0, true]],
    ['names negative ones', 'stale-while-revalidate=-1, stale-if-error=-0', [0, 0, true]],
    ['names more than anybody needs', 'stale-if-error=99999999999', [0, 2 ** 31 * 1_000, true]],
  ])('is what RFC 5861 says when the upstream %s', (_what, cacheControl, expected) => {
    expect(of(cacheControl, NOTHING)).toEqual(expected);
  });

  it.each([
    ['says nothing', 'max-age=9', [7_000, 8_000, true]],
    ['names both', BOTH, [1_000, 2_000, true]],
    ['names zeros', 'stale-while-revalidate=0, stale-if-error=0', [0, 0, true]],
    ['names no numbers', 'stale-while-revalidate=x, stale-if-error', [0, 0, true]],
    ['names one', 'stale-if-error=2', [7_000, 2_000, true]],
    ['sets a time for shared caches', 's-maxage=9', [0, 0, false]],
    ['sets one, and names both', `s-maxage=9, ${BOTH}`, [1_000, 2_000, false]],
    ['wants one field validated', 'no-cache="x"', [7_000, 8_000, true]],
    ['says it never changes', 'immutable', [7_000, 8_000, true]],
  ])('is otherwise what the provider declares: the upstream %s', (_what, cacheControl, expected) => {
    expect(of(cacheControl)).toEqual(expected);
  });

  it.each([
    ['the upstream says nothing', 'max-age=9', [7_000, 8_000, true]],
    ['it sets a time for shared caches', 's-maxage=9', [7_000, 8_000, false]],
    ['it sets one, and names one', 's-maxage=9, stale-if-error=2', [7_000, 2_000, false]],
    ['it sets one, and names zeros', 's-maxage=9, stale-while-revalidate=0, stale-if-error=0', [0, 0, false]],
  ])('is what the operation itself declares, when %s', (_what, cacheControl, expected) => {
    expect(of(cacheControl, OVERRIDDEN)).toEqual(expected);
  });

  it.each(['must-revalidate', 'proxy-revalidate', 'no-cache', 'no-cache=""', 'Must-Revalidate=1'])(
    'is never with %s, whoever names a time (RFC 9111 §4.2.4)',
    (directive) => {
      for (const policy of [NOTHING, DECLARED, OVERRIDDEN]) {
        expect(of(directive, policy)).toEqual([0, 0, false]);
        expect(of(`max-age=9, ${directive}, ${BOTH}`, policy)).toEqual([0, 0, false]);
        expect(of(`s-maxage=9, ${directive}, ${BOTH}`, policy)).toEqual([0, 0, false]);
      }
    },
  );

  it('is told by the field for caches like this one, and by no other', () => {
    const headers = { 'cache-control': 'must-revalidate', 'cdn-cache-control': `max-age=9, ${BOTH}` };
    expect(staleness(headers, NOTHING)).toEqual([1_000, 2_000, true]);
    expect(staleness({ 'cache-control': BOTH, 'cdn-cache-control': 'must-revalidate' }, DECLARED)).toEqual([
      0,
      0,
      false,
    ]);
  });
});
