import { describe, expect, it } from '@jest/globals';
import { toReturnPath } from './return-path.ts';

describe('toReturnPath', () => {
  it.each([
    ['another host', 'https://evil.example'],
    ['another host without slashes', 'https:evil.example'],
    ['another host with one slash', 'https:/evil.example'],
    ['another host of our scheme', '//evil.example'],
    ['another host behind three slashes', '///evil.example'],
    ['another host behind a backslash', '/\\evil.example'],
    ['another host behind two backslashes', '\\\\evil.example'],
    ['a backslash further on', '/a\\b'],
    ['another host behind a tab', '/\t/evil.example'],
    ['another host behind a line feed', '/\n/evil.example'],
    ['another host behind a return', '/\r/evil.example'],
    ['a leading blank', ' /account'],
    ['a leading tab', '\t//evil.example'],
    ['a leading null', '\0//evil.example'],
    ['a header smuggled in', '/account\r\nset-cookie: session=x'],
    ['an encoded slash', '/%2fevil.example'],
    ['nothing but encoded slashes', '%2f%2fevil.example'],
    ['an encoded backslash', '/%5cevil.example'],
    ['a slash encoded twice', '/%252fevil.example'],
    ['a backslash encoded three times', '/%25255Cevil.example'],
    ['an encoded tab', '/%09/evil.example'],
    ['an encoded line feed', '/%0a/evil.example'],
    ['an encoded null', '/%00account'],
    ['dot segments that uncover a host', '/..//evil.example'],
    ['a dot segment that uncovers a host', '/.//evil.example'],
    ['encoded dot segments that uncover a host', '/%2e%2e//evil.example'],
    ['a path and dot segments that uncover a host', '/a/..//evil.example'],
    ['a script', 'javascript:alert(1)'],
    ['a script in capitals', 'JavaScript:alert(1)'],
    ['a script behind slashes', '//javascript:alert(1)'],
    ['data', 'data:text/html,hello'],
    ['userinfo', '@evil.example'],
    ['our name as userinfo', 'https://here.invalid@evil.example'],
    ['our name as a subdomain', 'https://here.invalid.evil.example'],
    ['our own origin', 'https://here.invalid/account'],
    ['a relative path', 'account'],
    ['a query alone', '?a=1'],
    ['a fragment alone', '#a'],
    ['nothing', ''],
    ['a slash in other letters', '/／evil.example'],
    ['what is not ASCII', '/é'],
    ['a very long path', `/${'a'.repeat(512)}`],
    ['a path that is long once it is encoded', `/${'"'.repeat(200)}`],
  ])('refuses %s', (_what, text) => {
    expect(toReturnPath(text)).toBeUndefined();
  });

  it.each([
    ['/', '/'],
    ['/account', '/account'],
    ['/api/v1/me?a=1&b=2#top', '/api/v1/me?a=1&b=2#top'],
    ['/a/../b', '/b'],
    ['/@evil.example', '/@evil.example'],
    ['/search?next=%2Faccount&url=https://evil.example', '/search?next=%2Faccount&url=https://evil.example'],
    ['/caf%C3%A9', '/caf%C3%A9'],
    ['/a:b', '/a:b'],
    [`/${'a'.repeat(511)}`, `/${'a'.repeat(511)}`],
  ])('lets %s be', (text, expected) => {
    const path = toReturnPath(text);
    expect(path).toBe(expected);
    expect(new URL(path!, 'https://breakwater.example').host).toBe('breakwater.example');
    expect(toReturnPath(path!)).toBe(path);
  });
});
