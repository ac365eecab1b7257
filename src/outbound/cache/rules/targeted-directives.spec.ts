import { describe, expect, it } from '@jest/globals';
import { toResponseDirectives } from './targeted-directives.ts';

const CACHE_CONTROL = 'max-age=5, no-store';

const read = (field: string | string[] | undefined) => {
  const { directives, isTargeted } = toResponseDirectives({
    'cache-control': CACHE_CONTROL,
    ...(field !== undefined && { 'cdn-cache-control': field }),
  });
  return { isTargeted, maxAgeMs: directives.ms('max-age'), isStorable: !directives.has('no-store') };
};

const OF_CACHE_CONTROL = { isTargeted: false, maxAgeMs: 5_000, isStorable: false };

describe('a response with CDN-Cache-Control (RFC 9213)', () => {
  it.each<[string | string[], number | undefined, boolean]>([
    ['max-age=60', 60_000, true],
    ['max-age=0', 0, true],
    ['max-age=-1', 0, true],
    ['no-store', undefined, false],
    ['max-age=60, no-store', 60_000, false],
    ['public', undefined, true],
    ['max-age=60;of=concern;to=nobody', 60_000, true],
    ['max-age=10, max-age=60', 60_000, true],
    [['public', 'max-age=60'], 60_000, true],
    ['x=:YQ==:, max-age=60', 60_000, true],
    ['constructor=1, max-age=60', 60_000, true],
    ['max-age=999999999999999', 2 ** 31 * 1_000, true],
  ])('is told by %j, and by nothing else', (field, maxAgeMs, isStorable) => {
    expect(read(field)).toEqual({ isTargeted: true, maxAgeMs, isStorable });
  });

  it.each<[string, string | string[] | undefined]>([
    ['absent', undefined],
    ['empty', ''],
    ['blank', '   '],
    ['empty, twice', ['', '']],
    ['no list of members', 'max-age=60,'],
    ['of a lone comma', ','],
    ['in upper case', 'Max-Age=60'],
    ['with white space around =', 'max-age =60'],
    ['with a string for a number', 'max-age="60"'],
    ['with a token for a number', 'max-age=soon'],
    ['with a fraction', 'max-age=1.5'],
    ['with a number missing', 'max-age'],
    ['with a list for a number', 'max-age=(60)'],
    ['with a wrong number elsewhere', 'max-age=60, s-maxage="60"'],
    ['with a list where there is none', 'max-age=60, private=("a" "b")'],
    ['with a number too long', 'max-age=9999999999999999'],
    ['with an unterminated string', 'max-age=60, private="a'],
    ['of other people', 'max-age=60, "no-store"'],
    ['with a name that cannot be one', '__proto__=1, max-age=60'],
    ['of no ASCII', 'max-age=60, é'],
  ])('goes by Cache-Control when the field is %s', (_what, field) => expect(read(field)).toEqual(OF_CACHE_CONTROL));

  it('reads names of fields, in strings or tokens', () => {
    const of = (field: string) => toResponseDirectives({ 'cdn-cache-control': field }).directives;
    expect(of('private="Set-Cookie, x"').fields('private')).toEqual(['set-cookie', 'x']);
    expect(of('no-cache=etag').fields('no-cache')).toEqual(['etag']);
    expect(of('no-cache').isUnqualified('no-cache')).toBe(true);
    expect(of('no-cache=?1').isUnqualified('no-cache')).toBe(true);
    expect([of('x').isBare('x'), of('x=:YQ==:').isBare('x'), of('x=y').isBare('x')]).toEqual([true, true, false]);
  });

  it.each(['surrogate-control', 'cloudflare-cdn-cache-control', 'CDN-Cache-Control'])(
    'takes %s for no such field',
    (name) => expect(toResponseDirectives({ [name]: 'max-age=60' }).directives.isEmpty).toBe(true),
  );

  it.each(['a', 'a,', 'a=(', 'a="\\"', '"', ' ', ';a', 'a;b=1,'])(
    'is read in milliseconds, of 100 KB of %j',
    (text) => {
      const startedAt = performance.now();
      read(text.repeat(100_000 / text.length));
      expect(performance.now() - startedAt).toBeLessThan(5_000);
    },
  );
});
