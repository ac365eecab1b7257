import { describe, expect, it } from '@jest/globals';
import type { HeaderMap } from '../../http/header-map.ts';
import { toVariantKey, toVaryNames, variesOnEverything } from './vary.ts';

describe('what an answer varies on', () => {
  it.each<[HeaderMap['vary'], string[]]>([
    [undefined, []],
    ['', []],
    [' , ,', []],
    [[], []],
    ['Accept', ['accept']],
    ['b, A,a , B', ['a', 'b']],
    ['a,b', ['a', 'b']],
    ['b,a', ['a', 'b']],
    [
      ['b', 'A, b'],
      ['a', 'b'],
    ],
    ['*, accept', ['*', 'accept']],
    ['__proto__, constructor', ['__proto__', 'constructor']],
  ])('is read from Vary: %j', (vary, expected) => expect(toVaryNames({ vary })).toEqual(expected));

  it.each<[HeaderMap['vary'], boolean]>([
    ['*', true],
    ['accept, *', true],
    [['accept', '*'], true],
    [' *', true],
    ['X-Request-Id', true],
    ['TraceParent', true],
    ['accept, tracestate', true],
    ['**', false],
    ['accept*', false],
    ['accept', false],
    ['', false],
    [undefined, false],
  ])('is all there is, in Vary: %j: %j (RFC 9111 §4.1)', (vary, expected) => {
    expect(variesOnEverything({ vary })).toBe(expected);
  });
});

/** The key of what `headers` select among answers that vary on `names`. */
const keyOf = (headers: HeaderMap, ...names: string[]): string => toVariantKey('GET /', names, headers);

describe('the key of a variant', () => {
  it.each<[string, HeaderMap, HeaderMap]>([
    ['in white space around commas', { a: 'x,y' }, { a: ' x ,\ty ' }],
    ['in the number of lines', { a: 'x, y' }, { a: ['x', 'y'] }],
    ['in what it does not vary on', { a: 'x' }, { a: 'x', c: 'y' }],
    ['in the case of languages', { 'accept-language': 'de-AT, EN' }, { 'accept-language': 'De-at, en' }],
    ['in the case of encodings', { 'accept-encoding': 'GZIP' }, { 'accept-encoding': 'gzip' }],
  ])('is the same for requests that differ %s', (_how, one, other) => {
    const names = ['a', 'accept-encoding', 'accept-language', 'b'];
    expect(keyOf(one, ...names)).toBe(keyOf(other, ...names));
  });

  it.each<[string, HeaderMap, HeaderMap]>([
    ['one value', { a: 'x' }, { a: 'y' }],
    ['the case of a value', { a: 'x' }, { a: 'X' }],
    ['the order of values', { a: 'x, y' }, { a: 'y, x' }],
    ['white space within a value', { a: 'x y' }, { a: 'xy' }],
    ['whether it is there', {}, { a: '' }],
    ['whether it is there, by a name', {}, { a: 'undefined' }],
    ['which of them has the value', { a: 'x' }, { b: 'x' }],
    ['what belongs to which', { a: 'x', b: 'y' }, { a: 'x:b', b: '' }],
    ['one long value', { a: 'x'.repeat(300) }, { a: `${'x'.repeat(299)}y` }],
    ['which of them has a long one', { a: 'x'.repeat(300) }, { b: 'x'.repeat(300) }],
    ['a value as every object has', {}, { constructor: 'x' }],
  ])('is another for requests that differ in %s', (_what, one, other) => {
    const names = ['a', 'b', 'constructor'];
    expect(keyOf(one, ...names)).not.toBe(keyOf(other, ...names));
  });

  it.each(['__proto__', 'constructor', 'tostring', 'hasOwnProperty'])('copes with %s, which nobody sent', (name) => {
    expect(keyOf({}, name)).toBe(keyOf({}, name));
    expect(() => keyOf({}, name)).not.toThrow();
  });

  it('differs by what it is a variant of, and from the plain key', () => {
    const headers = { a: 'x'.repeat(300) };
    expect(toVariantKey('one', ['a'], headers)).not.toBe(toVariantKey('two', ['a'], headers));
    expect(keyOf({}, 'a')).not.toBe('GET /');
    expect(keyOf(headers, 'a').startsWith('GET /\n')).toBe(true);
  });

  it('stays short, whatever the request says', () => {
    for (const length of [250, 256, 260, 100_000]) {
      expect(keyOf({ a: 'x'.repeat(length) }, 'a').length).toBeLessThanOrEqual('GET /'.length + 256);
    }
  });

  // What is asked for may be told by the case of an argument, such as the URL of a profile.
  it('is another for arguments in quotes that differ in case', () => {
    const accept = (profile: string) => ({ accept: `application/ld+json;profile="${profile}"` });
    expect(keyOf(accept('https://a.example/X'), 'accept')).not.toBe(keyOf(accept('https://a.example/x'), 'accept'));
  });

  it.each(['authorization', 'cookie'])('never contains what %s says', (name) => {
    expect(keyOf({ [name]: 'Bearer s3cret' }, name)).not.toContain('s3cret');
  });

  it.each(['a', ',', 'a ,', ', ', '"', '\t,'])('is made in milliseconds, of 100 KB of %j', (text) => {
    const startedAt = performance.now();
    keyOf({ a: text.repeat(100_000 / text.length) }, 'a');
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it('is made in milliseconds, of 40 KB of white space', () => {
    const startedAt = performance.now();
    keyOf({ a: `x${' '.repeat(40_000)}x` }, 'a');
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
