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

  it('are understood where RFC 9110 defines them and they are final, parts aside', () => {
    const expected = [200, 201, 202, 203, 204, 205, 300, 301, 302, 303, 305, 307, 308];
    expected.push(400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417);
    expected.push(421, 422, 426, 500, 501, 502, 503, 504, 505);
    expect(STATUSES.filter(isUnderstood)).toEqual(expected);
  });
});
