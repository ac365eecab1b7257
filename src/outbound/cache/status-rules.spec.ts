import { describe, expect, it } from '@jest/globals';
import { isHeuristicallyCacheable, isReplaceable, isUnderstood } from './status-rules.ts';

const STATUSES = Array.from({ length: 900 }, (_, index) => 100 + index);

describe('statuses', () => {
  it('may be kept without a word about it by RFC 9110 §15.1, but for parts', () => {
    const expected = [200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501];
    expect(STATUSES.filter(isHeuristicallyCacheable)).toEqual(expected);
  });

  it('may be replaced by a stale answer where they are errors of the upstream that may pass (RFC 5861 §4)', () => {
    expect(STATUSES.filter(isReplaceable)).toEqual([429, 500, 502, 503, 504]);
  });

  it.each([100, 101, 206, 304, 299, 306, 418, 451, 499, 511, 599, 600, 999, 0, -200, 200.5, Number.NaN])(
    'include %d, which is not understood',
    (status) => expect([isUnderstood(status), isHeuristicallyCacheable(status)]).toEqual([false, false]),
  );

  it('are understood wherever they may be kept or replaced without a word, too many requests aside', () => {
    expect(STATUSES.filter((status) => isHeuristicallyCacheable(status) && !isUnderstood(status))).toEqual([]);
    expect(STATUSES.filter((status) => isReplaceable(status) && !isUnderstood(status))).toEqual([429]);
    expect([201, 302, 307, 400, 403, 422, 505].every(isUnderstood)).toBe(true);
  });
});
