import { describe, expect, it } from '@jest/globals';
import { findKnownTag, toCodedTag, toEntityTag } from './entity-tag.ts';

const TAG = '"abc"';

describe('a tag', () => {
  it('is the same for the same bytes, as text or not, and another for others', () => {
    expect(toEntityTag('Glurak ☄')).toBe(toEntityTag(Buffer.from('Glurak ☄')));
    expect(toEntityTag('Glurak ☄')).not.toBe(toEntityTag('Glurak'));
    expect(toEntityTag('')).toMatch(/^"[\w-]+"$/);
  });

  it('is another for other codings', () => {
    expect([toCodedTag(TAG, 'br'), toCodedTag(TAG, 'gzip')]).toEqual(['"abc-br"', '"abc-gzip"']);
  });
});

describe('what the caller knows', () => {
  const find = (ifNoneMatch: string, acceptEncoding?: string): string | undefined =>
    findKnownTag(TAG, { ifNoneMatch, acceptEncoding });

  it.each([
    '',
    ' ',
    '"',
    '""',
    'abc',
    '"abc',
    'abc"',
    '"ab"',
    '"abcd"',
    '"xabc"',
    '"ABC"',
    '"abc-"',
    '"abc-zstd"',
    '"abc-br-gzip"',
    '"x","y"',
    '"x"abc"y"',
    '"*"',
    '*, "x"',
    "'abc'",
  ])('is nothing, when If-None-Match is %s', (ifNoneMatch) => {
    expect(find(ifNoneMatch)).toBeUndefined();
  });

  it.each(['"abc"', 'W/"abc"', '"x", "abc"', '"x","abc","y"', 'W/"x",  W/"abc"', '"a,b" , "abc"', '*', ' * '])(
    'is the tag itself, when it is %s',
    (ifNoneMatch) => {
      expect(find(ifNoneMatch)).toBe(TAG);
    },
  );

  it.each([
    ['"abc-br"', undefined, '"abc-br"'],
    ['W/"abc-gzip"', 'gzip', '"abc-gzip"'],
    ['"x", "abc-gzip", "abc-br"', 'gzip, deflate, br', '"abc-gzip"'],
    ['"abc-gzip", "abc-br"', 'br', '"abc-br"'],
    ['"abc-br", "abc"', 'gzip', TAG],
    ['"abc-br"', '*', '"abc-br"'],
    ['"abc-br"', 'gzip;q=0.5, BR ; q=0.1', '"abc-br"'],
  ])('is a compressed form of it, when it is %s and the caller accepts %s', (ifNoneMatch, accepted, expected) => {
    expect(find(ifNoneMatch, accepted)).toBe(expected);
  });

  it.each(['', 'gzip', 'identity', 'br;q=0', 'br; q=0.000, *', '*;q=0, gzip', 'brotli'])(
    'is no compressed form that it does not accept any more: %s',
    (accepted) => {
      expect(find('"abc-br"', accepted)).toBeUndefined();
    },
  );

  it('may be a weak tag, which has no compressed forms', () => {
    const weak = (ifNoneMatch: string): string | undefined =>
      findKnownTag('W/"abc"', { ifNoneMatch, acceptEncoding: undefined });
    expect([weak('"abc"'), weak('W/"abc"'), weak('"abc-br"')]).toEqual(['W/"abc"', 'W/"abc"', undefined]);
  });

  it('is found in time that grows with the header only', () => {
    const startedAt = performance.now();
    expect(find('"x",'.repeat(500_000))).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(6_000);
  });
});
