import { describe, expect, it } from '@jest/globals';
import type { HeaderMap } from '../http/header-map.ts';
import { readNotices } from './notices.ts';

const quotaOf = (headers: HeaderMap) => readNotices(headers)?.quota;

describe('readNotices', () => {
  it.each<[string, HeaderMap]>([
    ['none', {}],
    ['others', { 'content-type': 'application/json', 'retry-after': '3' }],
    ['empty ones', { sunset: '', deprecation: '', ratelimit: '', 'x-ratelimit-remaining': '' }],
    ['ones that came not at all', { sunset: undefined, 'ratelimit-remaining': [] }],
  ])('finds nothing in headers such as %s', (_what, headers) => expect(readNotices(headers)).toBeUndefined());

  it('reads when something will be gone, and since when it is not to be used, as written', () => {
    const sunset = 'Sat, 01 Jan 2028 00:00:00 GMT';
    expect(readNotices({ sunset, deprecation: '@1688169599' })).toEqual({ sunset, deprecation: '@1688169599' });
    expect(readNotices({ deprecation: ['true', 'false'] })).toEqual({ deprecation: 'true' });
  });

  it.each<[string, HeaderMap, object]>([
    ['one header', { ratelimit: '"default";r=50;t=30' }, { remaining: 50, resetMs: 30_000 }],
    ['one header, in another order', { ratelimit: '"a"; t=0 ; r=0' }, { remaining: 0, resetMs: 0 }],
    ['one header of several policies: the first', { ratelimit: '"a";r=5, "b";r=9' }, { remaining: 5 }],
    [
      'one header, as it was before',
      { ratelimit: 'limit=100, remaining=7, reset=50' },
      { remaining: 7, limit: 100, resetMs: 50_000 },
    ],
    [
      'three headers',
      { 'ratelimit-remaining': '7', 'ratelimit-limit': '100', 'ratelimit-reset': '50' },
      { remaining: 7, limit: 100, resetMs: 50_000 },
    ],
    [
      'three headers with their policy',
      { 'ratelimit-remaining': '7', 'ratelimit-limit': '100, 100;w=60' },
      { remaining: 7, limit: 100 },
    ],
    [
      'three that begin with X',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-limit': '60', 'x-ratelimit-reset': '1' },
      { remaining: 0, limit: 60, resetMs: 1_000 },
    ],
    ['the remaining alone', { 'x-ratelimit-remaining': '4999' }, { remaining: 4_999 }],
    [
      'a time of day, which tells nothing',
      { 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '1893456000' },
      { remaining: 1 },
    ],
    ['ours before that of old', { 'ratelimit-remaining': '1', 'x-ratelimit-remaining': '2' }, { remaining: 1 }],
    ['several of one name: the first', { 'ratelimit-remaining': ['3', '4'] }, { remaining: 3 }],
  ])('reads a quota from %s', (_what, headers, quota) => expect(quotaOf(headers)).toEqual(quota));

  it.each<[string, HeaderMap]>([
    ['a word', { 'ratelimit-remaining': 'many' }],
    ['a negative number', { 'ratelimit-remaining': '-1' }],
    ['a fraction', { 'ratelimit-remaining': '1.5' }],
    ['a number without end', { 'ratelimit-remaining': '9'.repeat(1_000) }],
    ['infinity', { 'x-ratelimit-remaining': 'Infinity' }],
    ['hex', { 'x-ratelimit-remaining': '0x10' }],
    ['a limit without what remains', { 'ratelimit-limit': '10', 'ratelimit-reset': '3' }],
    ['a policy alone', { ratelimit: '"default";q=100;w=60' }],
    ['r within another name', { ratelimit: '"a";tr=5;t=3' }],
    ['a remaining that is a word', { ratelimit: '"a";r=many' }],
    ['a parameter behind a megabyte', { ratelimit: `"${'z'.repeat(1_000_000)}";r=5` }],
  ])('finds no quota in %s', (_what, headers) => expect(quotaOf(headers)).toBeUndefined());

  it.each([
    ['a limit', 'ratelimit-limit'],
    ['a reset', 'ratelimit-reset'],
  ])('leaves out %s of no use, and keeps what remains', (_what, name) => {
    for (const value of ['many', '-1', '', ' ', '9'.repeat(400), '1e3', '\u0000'])
      expect(quotaOf({ 'ratelimit-remaining': '2', [name]: value })).toEqual({ remaining: 2 });
  });

  it('keeps no more than 100 characters of what others write', () => {
    const { sunset, deprecation } = readNotices({ sunset: 'z'.repeat(1_000_000), deprecation: 'z'.repeat(101) })!;
    expect([sunset?.length, deprecation?.length]).toEqual([100, 100]);
  });
});
