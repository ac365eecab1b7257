import { describe, expect, it } from '@jest/globals';
import { isSafeLocation } from './safe-location.ts';

describe('a place that a log was moved to', () => {
  it.each([
    ['none', undefined],
    ['empty', ''],
    ['a path', '/login'],
    ['without a scheme', '//logs.example/1'],
    ['in clear', 'http://logs.example/1'],
    ['in clear, of a name that begins as this machine', 'http://localhost.example/1'],
    ['in clear, of a number that begins as this machine', 'http://127.0.0.1.example/1'],
    ['with a name and a password', 'https://ash:pikachu@logs.example/1'],
    ['with a name', 'https://ash@logs.example/1'],
    ['a script', 'javascript:alert(1)'],
    ['a file', 'file:///etc/passwd'],
    ['with a line break', 'https://logs.example/1\r\nset-cookie: a=b'],
    ['with a NUL', 'https://logs.example/\0'],
    ['with a blank', 'https://logs.example/1 2'],
    ['with a backslash', 'https:\\\\logs.example/1'],
    ['with a backslash behind the host', 'https://logs.example\\@other.example/'],
    ['with too many slashes', 'https:///logs.example/1'],
    ['with letters that no header can hold', 'https://logs.example/schlüssel'],
    ['two of them', 'https://logs.example/1, https://logs.example/2'],
    ['without a host', 'https://'],
  ])('is refused: %s', (_what, location) => expect(isSafeLocation(location)).toBe(false));

  it.each([
    ['https', 'https://logs.example/v1/logs/1?jwt=ey.a.b&x=%20#top'],
    ['https in capitals', 'HTTPS://LOGS.EXAMPLE/1'],
    ['a stand-in', 'http://127.0.0.1:4711/1'],
    ['a stand-in by name', 'http://localhost:4711/1'],
    ['a stand-in by IPv6', 'http://[::1]:4711/1'],
  ])('is handed on: %s', (_what, location) => expect(isSafeLocation(location)).toBe(true));
});
