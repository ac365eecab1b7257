import { describe, expect, it } from '@jest/globals';
import { toNumberedPage, toPlace } from './numbered-pages.ts';

type Headers = Partial<Record<'link' | 'page-number' | 'per-page' | 'total-pages', string>>;

const NONE = { link: undefined, 'page-number': undefined, 'per-page': undefined, 'total-pages': undefined };
const HERE = { page: 2, size: 3 };

const nextOf = (body: readonly string[], headers: Headers): unknown =>
  toNumberedPage({ headers: { ...NONE, ...headers }, body }, HERE).next;

describe('where a numbered list begins', () => {
  it('is its first page, as large as asked for, or as Semaphore allows', () => {
    expect(toPlace({ limit: 10 })).toEqual({ page: 1, size: 10 });
    expect(toPlace({ limit: 100 }, 99)).toEqual({ page: 1, size: 99 });
  });

  it('is where the page before ended, and its size stays, whatever is asked for now', () => {
    expect(toPlace({ limit: 100, position: { page: 4, size: 10 } })).toEqual({ page: 4, size: 10 });
  });

  it.each([
    ['another kind', { token: 'a' }],
    ['another kind with a page', { page: 1, skip: 0 }],
    ['page nothing', { page: 0, size: 10 }],
    ['half a page', { page: 1.5, size: 10 }],
    ['a size of nothing', { page: 1, size: 0 }],
    ['a size beyond all', { page: 1, size: 1e9 }],
  ])('is never %s', (_what, position) => {
    expect(() => toPlace({ limit: 10, position })).toThrow(TypeError);
  });
});

describe('a numbered page', () => {
  it.each<[string, string[], Headers]>([
    ['the link names a next one', ['a', 'b', 'c'], { link: '<http://x/?page=3>; rel="next"' }],
    ['the link does, among others', ['a'], { link: '<http://x>; rel="first", <http://x>; rel="next"' }],
    ['the link does, without quotes', ['a'], { link: '<http://x>; rel=next' }],
    ['the link does, in capitals', ['a'], { link: '<http://x>; REL="NEXT"' }],
    ['the link does, of two relations', ['a'], { link: '<http://x>; rel="next last"' }],
    ['there are more pages', ['a'], { 'total-pages': '3' }],
    ['nobody says and it is full', ['a', 'b', 'c'], {}],
    ['nobody says and it is as full as it may be', ['a', 'b'], { 'per-page': '2' }],
  ])('has a next one when %s', (_what, body, headers) => {
    expect(nextOf(body, headers)).toEqual({ page: 3, size: 3 });
  });

  it.each<[string, string[], Headers]>([
    ['it is empty, whatever is said', [], { link: '<http://x>; rel="next"', 'total-pages': '9' }],
    ['the link names no next one', ['a', 'b', 'c'], { link: '<http://x>; rel="prev", <http://x>; rel="last"' }],
    ['the link names one only within a URL', ['a', 'b', 'c'], { link: '<http://x/?a="; rel="next">; rel="last"' }],
    ['the link names one of another kind', ['a', 'b', 'c'], { link: '<http://x>; rel="nextish", <y>; xrel=next' }],
    ['there are no more pages', ['a', 'b', 'c'], { 'total-pages': '2' }],
    ['nobody says and it is short', ['a', 'b'], {}],
    ['nonsense is said and it is short', ['a'], { 'total-pages': 'many', 'per-page': '-1' }],
  ])('is the last one when %s', (_what, body, headers) => expect(nextOf(body, headers)).toBeNull());

  it('behind the last one is empty: Semaphore gives the last one again', () => {
    const headers = { ...NONE, 'page-number': '1', 'total-pages': '1' };
    expect(toNumberedPage({ headers, body: ['a'] }, HERE)).toEqual({ items: [], next: null });
  });
});

describe('a link without end', () => {
  it.each([
    ['brackets', '<'.repeat(16_000)],
    ['quotes', 'rel="'.repeat(3_000)],
    ['blanks', `rel="${' '.repeat(16_000)}`],
  ])('of %s is read at once', (_what, link) => {
    const began = performance.now();
    nextOf(['a'], { link });
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
