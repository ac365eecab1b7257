import { describe, expect, it } from '@jest/globals';
import type { HeaderMap } from '../../http/header-map.ts';
import type { CachePolicy } from '../cache-policy.ts';
import { toFreshness } from './freshness.ts';
import { toResponseDirectives } from './targeted-directives.ts';

const NOW = Date.UTC(2026, 0, 1);
const MAX_MS = 2 ** 31 * 1_000;
const NOTHING_DECLARED = {
  ttlMs: 0,
  staleWhileRevalidateMs: 0,
  staleIfErrorMs: 0,
  heuristicRatio: 0,
  refreshAhead: 'on',
} as const;

const at = (seconds: number): string => new Date(NOW + seconds * 1_000).toUTCString();
const freshnessOf = (headers: HeaderMap, policy: Partial<CachePolicy> = {}, status = 200) =>
  toFreshness({ status, headers, wallTime: NOW }, toResponseDirectives(headers), {
    ...NOTHING_DECLARED,
    bridgesSharedMaxAge: false,
    ...policy,
  });
const says = (cacheControl: string, more: HeaderMap = {}): HeaderMap => ({ 'cache-control': cacheControl, ...more });

describe('how long a response is fresh (RFC 9111 §4.2.1)', () => {
  it.each<[string, HeaderMap, number]>([
    ['nothing', {}, 0],
    ['max-age', says('max-age=60'), 60_000],
    ['max-age, and that it never changes', says('max-age=60, immutable'), 60_000],
    ['that it never changes', says('immutable'), 0],
    ['s-maxage', says('s-maxage=60'), 60_000],
    ['s-maxage before max-age', says('max-age=10, s-maxage=60'), 60_000],
    ['s-maxage of 0 before max-age', says('max-age=10, s-maxage=0'), 0],
    ['s-maxage that is no number before max-age', says('max-age=10, s-maxage=x'), 0],
    ['max-age before Expires', says('max-age=10', { expires: at(60) }), 10_000],
    ['max-age of 0 before Expires', says('max-age=0', { expires: at(60) }), 0],
    ['max-age that is no number before Expires', says('max-age=-5', { expires: at(60) }), 0],
    ['Expires', { expires: at(60) }, 60_000],
    ['Expires, counted from Date', { expires: at(60), date: at(-30) }, 90_000],
    ['Expires, counted from a Date ahead', { expires: at(60), date: at(20) }, 40_000],
    ['Expires, with a Date that is none', { expires: at(60), date: 'x' }, 60_000],
    ['Expires before Date', { expires: at(-60) }, 0],
    ['Expires as Date', { expires: at(0), date: at(0) }, 0],
    ['more than anybody needs', says('max-age=99999999999'), MAX_MS],
    ['that it is public', says('public'), 0],
    ['to validate always', says('no-cache, max-age=60'), 0],
    ['to validate always, in empty quotes', says('no-cache="", max-age=60'), 0],
    ['to validate one field', says('no-cache="set-cookie", max-age=60'), 60_000],
    ['max-age for caches like this one', says('max-age=10', { 'cdn-cache-control': 'max-age=60' }), 60_000],
    ['Expires to others only', { expires: at(60), 'cdn-cache-control': 'public' }, 0],
    ['max-age to others only', says('max-age=60', { 'cdn-cache-control': 'public' }), 0],
    ['to validate to others only', says('no-cache', { 'cdn-cache-control': 'max-age=60' }), 60_000],
    ['no-cache of old', { pragma: 'no-cache', expires: at(60) }, 60_000],
  ])('is told by %s', (_what, headers, expected) => expect(freshnessOf(headers).lifetimeMs).toBe(expected));

  it.each<[HeaderMap['expires']]>([['0'], ['-1'], [''], ['never'], ['2030-01-01T00:00:00Z'], [[at(60), at(90)]], [[]]])(
    'is none by Expires: %j (RFC 9111 §5.3), whatever the provider declares',
    (expires) => {
      expect(freshnessOf({ expires, 'last-modified': at(-1_000) }, { ttlMs: 5, heuristicRatio: 1 }).lifetimeMs).toBe(0);
    },
  );
});

describe('how long a response is fresh that says nothing about it', () => {
  const modified = { 'last-modified': at(-100) };

  it.each<[string, HeaderMap, Partial<CachePolicy>, number, number]>([
    ['not at all', modified, {}, 200, 0],
    ['as its provider declares', {}, { ttlMs: 30_000 }, 200, 30_000],
    ['as declared, rather than guessed', modified, { ttlMs: 30_000, heuristicRatio: 0.1 }, 200, 30_000],
    ['a share of the time it did not change, where that is asked for', modified, { heuristicRatio: 0.1 }, 200, 10_000],
    ['that share until its Date', { ...modified, date: at(-50) }, { heuristicRatio: 0.1 }, 200, 5_000],
    ['whole milliseconds', { 'last-modified': at(-1) }, { heuristicRatio: 0.0333 }, 200, 33],
    ['as declared, when it is not found', {}, { ttlMs: 30_000 }, 404, 30_000],
    ['not at all, when it is an error', {}, { ttlMs: 30_000 }, 500, 0],
    ['not at all, when it is a passing redirect', modified, { ttlMs: 9, heuristicRatio: 0.1 }, 302, 0],
    ['not at all, without a date of change', {}, { heuristicRatio: 0.1 }, 200, 0],
    ['not at all, with one that is none', { 'last-modified': 'x' }, { heuristicRatio: 0.1 }, 200, 0],
    ['not at all, with two', { 'last-modified': [at(-9), at(-8)] }, { heuristicRatio: 0.1 }, 200, 0],
    ['not at all, changed in the future', { 'last-modified': at(9) }, { heuristicRatio: 0.1 }, 200, 0],
    ['not at all, if it is always to be validated', says('no-cache', modified), { ttlMs: 9 }, 200, 0],
    ['not at all, if it says so', says('max-age=0', modified), { ttlMs: 9, heuristicRatio: 0.1 }, 200, 0],
  ])('is %s', (_what, headers, policy, status, expected) => {
    expect(freshnessOf(headers, policy, status).lifetimeMs).toBe(expected);
  });
});

describe('how long browsers may keep a response', () => {
  const declared = { ttlMs: 30_000 };

  it.each<[string, HeaderMap, number]>([
    ['by max-age, not s-maxage', says('max-age=10, s-maxage=60'), 10_000],
    ['by Expires, not s-maxage', says('s-maxage=60', { expires: at(10) }), 10_000],
    ['not at all by max-age=0', says('max-age=0, s-maxage=60'), 0],
    ['not at all, if it is always to be validated', says('no-cache, max-age=10'), 0],
    ['as its provider declares, when it says nothing', {}, 30_000],
  ])('is told %s', (_how, headers, expected) => {
    expect(freshnessOf(headers, declared).browserLifetimeMs).toBe(expected);
  });

  // Fields targeted at us, and s-maxage, are not meant for them: Cache-Control is (RFC 9213 §2.2).
  it.each<[string, HeaderMap, number]>([
    ['max-age', says('max-age=10', { 'cdn-cache-control': 'max-age=60' }), 10_000],
    ['Expires', { expires: at(10), 'cdn-cache-control': 'max-age=60' }, 10_000],
    ['no-store', says('no-store', { 'cdn-cache-control': 'max-age=60' }), 0],
    ['no-cache', says('no-cache', { 'cdn-cache-control': 'max-age=60' }), 0],
    ['nothing but s-maxage', says('s-maxage=60'), 0],
  ])('is told by %s, whatever shared caches are told', (_what, headers, expected) => {
    expect(freshnessOf(headers).browserLifetimeMs).toBe(expected);
  });
});
