import { describe, expect, it } from '@jest/globals';
import type { HeaderMap } from '../../http/header-map.ts';
import { toRequestRules, type RequestRules } from './request-rules.ts';

const NONE: RequestRules = { noCache: false, onlyIfCached: false, maxAgeMs: Infinity, minFreshMs: 0, maxStaleMs: 0 };

describe('what a caller asks of the cache (RFC 9111 §5.2.1)', () => {
  it.each<[string | string[], Partial<RequestRules>]>([
    ['', {}],
    ['no-cache', { noCache: true }],
    ['No-Cache="x"', { noCache: true }],
    ['only-if-cached', { onlyIfCached: true }],
    ['max-age=5', { maxAgeMs: 5_000 }],
    ['max-age=0', { maxAgeMs: 0 }],
    ['max-age=x', { maxAgeMs: 0 }],
    ['max-age', { maxAgeMs: 0 }],
    ['min-fresh=5', { minFreshMs: 5_000 }],
    ['min-fresh=x', { minFreshMs: 0 }],
    ['min-fresh=-5', { minFreshMs: 0 }],
    ['max-stale=5', { maxStaleMs: 5_000 }],
    ['max-stale', { maxStaleMs: Infinity }],
    ['max-stale=0', { maxStaleMs: 0 }],
    ['max-stale=x', { maxStaleMs: 0 }],
    ['max-stale=', { maxStaleMs: 0 }],
    ['max-stale=""', { maxStaleMs: 0 }],
    ['max-stale=-1', { maxStaleMs: 0 }],
    ['max-stale=99999999999', { maxStaleMs: 2 ** 31 * 1_000 }],
    ['max-age=5, max-stale=6, min-fresh=7', { maxAgeMs: 5_000, maxStaleMs: 6_000, minFreshMs: 7_000 }],
    [['max-age=5', 'no-cache'], { maxAgeMs: 5_000, noCache: true }],
    ['s-maxage=5, private, must-revalidate, stale-if-error=9', {}],
    ['x="no-cache, only-if-cached"', {}],
    ['__proto__, constructor', {}],
    ['"no-cach', {}],
  ])('is read from Cache-Control: %j', (field, rules) => {
    expect(toRequestRules({ 'cache-control': field })).toEqual({ ...NONE, ...rules });
  });

  it('is nothing, when it says nothing', () => expect(toRequestRules({})).toEqual(NONE));

  it.each<[HeaderMap, boolean]>([
    [{ pragma: 'no-cache' }, true],
    [{ pragma: 'x, No-Cache' }, true],
    [{ pragma: ['x', 'no-cache'] }, true],
    [{ pragma: 'x' }, false],
    [{ pragma: '' }, false],
    [{ pragma: 'no-cache', 'cache-control': 'public' }, false],
    [{ pragma: 'x', 'cache-control': 'no-cache' }, true],
  ])('is, with %j, not to be served without asking: %j (RFC 9111 §5.4)', (headers, expected) => {
    expect(toRequestRules(headers)).toEqual({ ...NONE, noCache: expected });
  });
});
