import { describe, expect, it } from '@jest/globals';
import { toQuery, type Query } from './query.ts';

describe('toQuery', () => {
  it.each<[Query | undefined, string]>([
    [undefined, ''],
    [{}, ''],
    [{ page: undefined }, ''],
    [{ page: [] }, ''],
    [{ page: [undefined] }, ''],
    [{ page: 2, open: false, sort: 'name' }, '?page=2&open=false&sort=name'],
    [{ empty: '' }, '?empty='],
    [{ zero: 0 }, '?zero=0'],
    [{ tag: ['a', undefined, 'b'], page: 1 }, '?tag=a&tag=b&page=1'],
    [{ q: 'a&b=c#d e+f/ä' }, '?q=a%26b%3Dc%23d+e%2Bf%2F%C3%A4'],
    [{ 'filter[name]': 'x' }, '?filter%5Bname%5D=x'],
  ])('makes of %j: %s', (query, expected) => expect(toQuery(query)).toBe(expected));
});
