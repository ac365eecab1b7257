import { describe, expect, it } from '@jest/globals';
import { normalisePath } from './normalise-path.ts';

const refusalOf = (raw: string, allowEncodedSlashes = false): string | undefined => {
  const result = normalisePath(raw, allowEncodedSlashes);
  return typeof result === 'string' ? undefined : result.refusal;
};

describe('normalisePath refuses', () => {
  it.each([
    ...['/.', '/..', '/./', '/../', '/a/.', '/a/..', '/a/../b', '/a/./b', '//..', '/..//'],
    ...['/%2e', '/%2E%2e', '/.%2e/a', '/%2e./a', '/a/%2e%2E', '/a/%2e/b'],
    ...['/..;', '/..;x', '/.;x=1/b', '/a/..;/b', '/%2e%2e;x/b', '/..%3bx', '/..%3B/a'],
  ])('the dot segment in %j', (raw) => expect(refusalOf(raw)).toContain('. or ..'));

  it.each(['/..%2fa', '/a%2F..%2Fb', '/a%5c..', '/a%2f%2e%2e', '/a%5C.%5Cb', '/a%2F..;x'])(
    'the dot segment in %j also where encoded slashes are passed on',
    (raw) => expect(refusalOf(raw, true)).toContain('. or ..'),
  );

  it.each(['/a%2fb', '/a%2Fb', '/%2f', '/a%5cb', '/%5C', '/..%2f', '/%2F%2Fevil.example'])(
    'the encoded slash in %j',
    (raw) => expect(refusalOf(raw)).toContain('encoded slash'),
  );

  it.each(['/%', '/a%', '/%2', '/%zz', '/%2x', '/%%41', '/%u002e', '/%2%35', '/%-1'])(
    'the stray percent sign in %j',
    (raw) => expect(refusalOf(raw)).toContain('%25'),
  );

  it.each([
    ...['/a b', '/a\tb', '/a\r\nb', '/a\0b', '/\x7f', '/a\\b', '\\', '/\\..\\'],
    ...[
      '/é',
      '/\xff',
      '/\u2025',
      '/\uff0e\uff0e',
      '/"',
      '/<',
      '/>',
      '/^',
      '/`',
      '/{a}',
      '/a|b',
      '/[a]',
      '/a?b',
      '/a#b',
      '/a\u2028',
    ],
  ])('the character that has to be encoded in %j', (raw) => expect(refusalOf(raw)).toMatch(/encoded|slash/));

  it.each(['/%00', '/a%00b', '/a%00.html', '/%2e%2e%00'])('the NUL in %j', (raw) =>
    expect(refusalOf(raw)).toContain('%00'),
  );

  it.each([
    ...['/%ff', '/%80', '/%c3', '/%c3/%a9', '/%c3%28', '/%e2%82', '/%C0%AE', '/%c0%af', '/%e0%80%ae'],
    ...['/%ed%a0%80', '/%f4%90%80%80', '/%f8%88%80%80%80', '/%fe', '/a%E9b'],
  ])('what is no UTF-8 in %j', (raw) => expect(refusalOf(raw)).toContain('UTF-8'));

  it.each(['a', 'a/b', '%2fa', ';x', '.', '..', '*', 'http://evil.example/'])('what begins with no slash: %j', (raw) =>
    expect(refusalOf(raw)).toContain('begin'),
  );

  it('without telling what the path was', () => expect(refusalOf('/<script>')).not.toContain('script'));
});

describe('normalisePath', () => {
  it.each([
    ...[
      '/',
      '/a',
      '/a/',
      '/a/b',
      '/a.b',
      '/a./b.',
      '/a..',
      '/a..b/c',
      '/...',
      '/.well-known/x',
      '/..a',
      '/.a',
      '/a/..b',
    ],
    ...["/~a_b-c!$&'()*+,;=:@", '/a;x=1/b', '/a;..', '/a=../b', '/0', '/:', '/%25', '/%252e%252e', '/%252F', '/%2525'],
    ...[
      '//',
      '//a',
      '/a//b',
      '/a//',
      '///',
      '/%20',
      '/%C3%A9',
      '/%E2%82%AC',
      '/%F0%9F%92%A9',
      '/%0D%0A',
      '/%7F',
      '/%3D',
    ],
  ])('leaves %j as it is', (raw) => expect(normalisePath(raw, false)).toBe(raw));

  it.each([
    ['', '/'],
    ['/%41%7a%30', '/Az0'],
    ['/%7euser%2D%5f%2ea', '/~user-_.a'],
    ['/a%2Eb', '/a.b'],
    ['/%2e%2e%2e', '/...'],
    ['/%2ewell-known', '/.well-known'],
    ['/%c3%a9', '/%C3%A9'],
    ['/a%3db%26', '/a%3Db%26'],
    ['/%25%32%65', '/%252e'],
    ['/%2525%32e', '/%25252e'],
    ['/.a%c3%a9', '/.a%C3%A9'],
  ])('makes %j to %j', (raw, path) => expect(normalisePath(raw, false)).toBe(path));

  it.each([
    ['/a%2fb', '/a%2Fb'],
    ['/a%5cb', '/a%5Cb'],
    ['/%2f', '/%2F'],
    ['/a%2F...', '/a%2F...'],
    ['/a%2F.b', '/a%2F.b'],
  ])('passes encoded slashes on where the route does: %j as %j', (raw, path) =>
    expect(normalisePath(raw, true)).toBe(path),
  );

  it('takes a long path in a time that grows with its length only', () => {
    const raw = `${'/a.'.repeat(200_000)}%`;
    const startedAt = performance.now();
    expect(refusalOf(raw)).toContain('%25');
    expect(performance.now() - startedAt).toBeLessThan(6_000);
  });
});
