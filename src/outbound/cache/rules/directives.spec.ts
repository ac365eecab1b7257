import { describe, expect, it } from '@jest/globals';
import { parseDirectives } from './directives.ts';

const MAX_MS = 2 ** 31 * 1_000;

/** Repeated to 100 KB, and ended so that it matches nothing. */
const fill = (text: string, end = ''): string => text.repeat(Math.ceil(100_000 / text.length)) + end;

describe('a time among directives', () => {
  it.each([
    ['max-age=10', 10_000],
    ['max-age=0', 0],
    ['max-age=007', 7_000],
    ['MAX-Age=10', 10_000],
    ['max-age="10"', 10_000],
    ['max-age=10 ', 10_000],
    ['max-age=10\t, public', 10_000],
    ['public,max-age=10', 10_000],
    [', ,, max-age=10,,', 10_000],
    ['x="a, max-age=1, b", max-age=10', 10_000],
    ['x="a\\", max-age=1, b", max-age=10', 10_000],
    ['x="a\\\\", max-age=10', 10_000],
    ['x=a"b, max-age=1"c, max-age=10', 10_000],
    ['x y "max-age=1" z, max-age=10', 10_000],
    ['max-age=2147483648', MAX_MS],
    ['max-age=99999999999999999999', MAX_MS],
    [`max-age=${'9'.repeat(400)}`, MAX_MS],
  ])('is read from %s', (field, expected) => expect(parseDirectives(field).ms('max-age')).toBe(expected));

  it.each(['-1', '-0', '+1', '1.5', '1e3', '0x10', 'ten', '', '""', '" 10"', '10s', '10;20', '١٠', 'NaN', 'Infinity'])(
    'is none when it is max-age=%s (RFC 9111 §4.2.1)',
    (value) => expect(parseDirectives(`max-age=${value}`).ms('max-age')).toBe(0),
  );

  it.each(['max-age', 'max-age = 10', 'max-age\t=10'])('is none for want of a number in %s', (field) =>
    expect(parseDirectives(field).ms('max-age')).toBe(0),
  );

  it.each([
    undefined,
    '',
    ',',
    's-maxage=10',
    'x-max-age=10',
    'max-age-x=10',
    'x="max-age=10"',
    'x="\\"max-age=10',
    'x y "a, max-age=10',
    '"',
    '\\',
    '==,=',
  ])('is absent from %s', (field) => expect(parseDirectives(field).ms('max-age')).toBeUndefined());

  it('is the first of several, over lines too', () => {
    expect(parseDirectives('max-age=10, max-age=20').ms('max-age')).toBe(10_000);
    expect(parseDirectives(['public, max-age=10', 'max-age=20']).ms('max-age')).toBe(10_000);
    expect(parseDirectives(['max-age=x', 'max-age=20']).ms('max-age')).toBe(0);
    expect(parseDirectives([]).ms('max-age')).toBeUndefined();
  });
});

describe('directives', () => {
  it.each([
    ['no-store', true],
    ['No-Store', true],
    ['no-store=1', true],
    ['no-store=""', true],
    ['max-age=1 no-store', false],
    ['max-age=1, no-store', true],
    ['no-store; max-age=1', true],
    // What begins with a quote is broken; it may say no-store.
    ['"no-store"', true],
    ['x="no-store"', false],
    ['no-storey', false],
    ['xno-store', false],
  ])('of %j include no-store: %j', (field, expected) => expect(parseDirectives(field).has('no-store')).toBe(expected));

  it.each(['__proto__', 'constructor', 'toString', 'has', ''])('do not have %j by birth', (name) => {
    const none = parseDirectives('public');
    expect([none.has(name), none.isBare(name), none.isUnqualified(name)]).toEqual([false, false, false]);
    expect([none.ms(name), none.fields(name)]).toEqual([undefined, []]);
  });

  it.each(['__proto__', 'constructor'])('may be called %s', (name) => {
    expect(parseDirectives(`${name}=10`).ms(name)).toBe(10_000);
    expect(({} as Record<string, unknown>)['10']).toBeUndefined();
  });

  it('are empty when there are none', () => {
    expect([undefined, '', ' , ', '"', []].map((field) => parseDirectives(field).isEmpty)).toEqual(Array(5).fill(true));
    expect(parseDirectives('x').isEmpty).toBe(false);
  });

  it.each([
    ['private', [], true],
    ['private=""', [], true],
    ['private=" , "', [], true],
    ['private="Set-Cookie"', ['set-cookie'], false],
    ['private="a, B ,,c"', ['a', 'b', 'c'], false],
    ['private=set-cookie', ['set-cookie'], false],
    ['private="\\a\\,b"', ['a', 'b'], false],
    ['private="a, b', ['a', 'b'], false],
    ['private="x", private', ['x'], false],
    ['public', [], false],
  ])('limit %j to fields %j, and concern the whole response: %j', (field, fields, isUnqualified) => {
    const directives = parseDirectives(field);
    expect(directives.fields('private')).toEqual(fields);
    expect(directives.isUnqualified('private')).toBe(isUnqualified);
  });

  it.each([
    ['max-stale', true],
    ['max-stale=', false],
    ['max-stale=""', false],
    ['max-stale=5', false],
    ['public', false],
  ])('are bare without an argument: max-stale in %j is, %j', (field, expected) => {
    expect(parseDirectives(field).isBare('max-stale')).toBe(expected);
  });
});

describe('100 KB of nonsense', () => {
  const isReadFast = (field: string): boolean => {
    const startedAt = performance.now();
    parseDirectives(field);
    return performance.now() - startedAt < 1_500;
  };

  it.each(['a,', 'a="', 'a="b,', 'a="b\\', '"', '" ', '\\', '\\"', ',', '=', ' ', 'é', 'a="\\"', 'a "'])(
    'of %j is read in milliseconds',
    (text) => expect(['', '\\', '"\\'].map((end) => isReadFast(fill(text, end)))).toEqual([true, true, true]),
  );

  // Each quote opens a string that is read to the end, where a lone backslash makes it none.
  it.each(['a=\\"', 'a\\"'])('of %j, ended by a backslash, is read in milliseconds', (text) => {
    expect(isReadFast(fill(text, '\\').slice(-50_000))).toBe(true);
  });
});
