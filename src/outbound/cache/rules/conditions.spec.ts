import { describe, expect, it } from '@jest/globals';
import { buildEntry } from '../../../../test/support/build-entry.ts';
import type { HeaderMap } from '../../http/header-map.ts';
import {
  confirms,
  hasConditions,
  hasForeignConditions,
  isNotModified,
  toValidators,
  withoutConditions,
} from './conditions.ts';

const EARLIER = 'Sun, 06 Nov 1994 08:49:36 GMT';
const THEN = 'Sun, 06 Nov 1994 08:49:37 GMT';
const LATER = 'Sun, 06 Nov 1994 08:49:38 GMT';

describe('the conditions of a request', () => {
  it.each([
    ['if-none-match', true, false],
    ['if-modified-since', true, false],
    ['if-match', false, true],
    ['if-unmodified-since', false, true],
    ['if-range', false, true],
    ['range', false, false],
    ['constructor', false, false],
  ])('include %s: to be answered here, %j; by the upstream alone, %j', (name, isOurs, isForeign) => {
    for (const headers of [{ [name]: 'x' }, { [name]: '' }]) {
      expect([hasConditions(headers), hasForeignConditions(headers)]).toEqual([isOurs, isForeign]);
    }
  });

  it('can be taken off, and are still in the request', () => {
    const headers = Object.freeze({
      'if-none-match': '"a"',
      'if-modified-since': THEN,
      'if-range': '"a"',
      accept: '*/*',
    });
    expect(withoutConditions(headers)).toEqual({ 'if-range': '"a"', accept: '*/*' });
    expect(withoutConditions({})).toEqual({});
  });
});

describe('what a stored answer is validated by (RFC 9111 §4.3.1)', () => {
  it.each<[HeaderMap, HeaderMap]>([
    [{}, {}],
    [{ etag: '"a"' }, { 'if-none-match': '"a"' }],
    [{ etag: 'W/"a"' }, { 'if-none-match': 'W/"a"' }],
    [{ 'last-modified': THEN }, { 'if-modified-since': THEN }],
    [
      { etag: '"a"', 'last-modified': THEN },
      { 'if-none-match': '"a"', 'if-modified-since': THEN },
    ],
    [{ date: THEN, expires: LATER }, {}],
  ])('of %j is %j', (headers, expected) => expect(toValidators(buildEntry({ headers }))).toEqual(expected));
});

describe('the caller has what is stored', () => {
  const isKnown = (request: HeaderMap, headers: HeaderMap): boolean => isNotModified(request, { headers });

  it.each<[string | string[], string | undefined, boolean]>([
    ['"a"', '"a"', true],
    ['"a"', '"b"', false],
    ['"a"', undefined, false],
    ['"undefined"', undefined, false],
    ['undefined', undefined, false],
    ['*', '"a"', true],
    [' * ', undefined, true],
    ['"*"', '"a"', false],
    ['"a", *', '"b"', false],
    ['W/"a"', '"a"', true],
    ['"a"', 'W/"a"', true],
    ['W/"a"', 'W/"a"', true],
    ['w/"a"', '"a"', false],
    ['"x", W/"y" ,"a"', '"a"', true],
    ['"x","a"', '"a"', true],
    [['"x"', '"a"'], '"a"', true],
    ['"x, a, y"', 'a', false],
    ['"a,b"', '"a,b"', true],
    ['"a,b"', '"a"', false],
    ['"A"', '"a"', false],
    ['""', '""', true],
    ['"a b"', '"a b"', true],
    ['a', 'a', true],
    ['a', '"a"', false],
    ['"a', '"a"', false],
    ['', '"a"', false],
    ['', '', false],
    [',,"a",,', '"a"', true],
    [[], '"a"', false],
    ['__proto__', '"a"', false],
  ])('by If-None-Match: %j of ETag %j: %j', (tags, etag, expected) => {
    expect(isKnown({ 'if-none-match': tags }, { etag })).toBe(expected);
  });

  it.each<[HeaderMap[string], HeaderMap, boolean]>([
    [THEN, { 'last-modified': THEN }, true],
    [LATER, { 'last-modified': THEN }, true],
    [EARLIER, { 'last-modified': THEN }, false],
    [THEN, { date: THEN }, true],
    [EARLIER, { date: THEN }, false],
    [THEN, { 'last-modified': LATER, date: THEN }, false],
    [THEN, { 'last-modified': EARLIER, date: LATER }, true],
    [THEN, {}, false],
    [LATER, { 'last-modified': 'x', date: THEN }, false],
    ['Sunday, 06-Nov-94 08:49:37 GMT', { 'last-modified': THEN }, true],
    ['', { 'last-modified': THEN }, false],
    ['2030-01-01', { 'last-modified': THEN }, false],
    [[LATER, LATER], { 'last-modified': THEN }, false],
    [`${LATER}; length=3`, { 'last-modified': THEN }, false],
  ])('by If-Modified-Since: %j of %j: %j', (since, headers, expected) => {
    expect(isKnown({ 'if-modified-since': since }, headers)).toBe(expected);
  });

  it('by its tag rather than by its date (RFC 9110 §13.1.3)', () => {
    const stored = { etag: '"a"', 'last-modified': THEN };
    expect(isKnown({ 'if-none-match': '"b"', 'if-modified-since': LATER }, stored)).toBe(false);
    expect(isKnown({ 'if-none-match': '"a"', 'if-modified-since': EARLIER }, stored)).toBe(true);
    expect(isKnown({ 'if-none-match': '', 'if-modified-since': LATER }, stored)).toBe(false);
  });

  it('not without a condition', () => expect(isKnown({}, { etag: '"a"', 'last-modified': THEN })).toBe(false));

  it.each(['"', 'W/', '"a', 'W/"', 'a', ',', ' ', '""'])('in milliseconds, of 100 KB of %j', (text) => {
    const startedAt = performance.now();
    isKnown({ 'if-none-match': text.repeat(100_000 / text.length) }, { etag: '"b"' });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

describe('a 304 (RFC 9111 §4.3.4)', () => {
  it.each<[HeaderMap, HeaderMap, boolean]>([
    [{}, { etag: '"a"' }, true],
    [{}, {}, true],
    [{ etag: '"a"' }, { etag: '"a"' }, true],
    [{ etag: 'W/"a"' }, { etag: '"a"' }, true],
    [{ etag: '"a"' }, { etag: 'W/"a"' }, true],
    [{ etag: '"b"' }, { etag: '"a"' }, false],
    [{ etag: '' }, { etag: '"a"' }, false],
    [{ etag: '"b"' }, { 'last-modified': THEN }, false],
    [{ etag: ['"a"', '"b"'] }, { etag: '"a"' }, false],
    [{ 'last-modified': LATER }, { etag: '"a"' }, true],
  ])('with %j speaks of what is stored with %j: %j', (update, headers, expected) => {
    expect(confirms(update, buildEntry({ headers }))).toBe(expected);
  });
});
