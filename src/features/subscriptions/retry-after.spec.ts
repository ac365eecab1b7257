import { describe, expect, it } from '@jest/globals';
import { readRetryAfter } from './retry-after.ts';

const NOW = Date.UTC(1994, 10, 6, 8, 49, 30);

describe('readRetryAfter', () => {
  it.each([
    undefined,
    '',
    ' ',
    'soon',
    '-5',
    '1.5',
    '1e3',
    '0x10',
    '5s',
    '99999999999',
    'Sun, 32 Foo 1994 08:49:37 GMT',
  ])('makes nothing of %j', (header) => expect(readRetryAfter(header, NOW)).toBeUndefined());

  it.each([
    ['0', 0],
    [' 120 ', 120_000],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 7_000],
    ['Sun, 06 Nov 1994 08:49:00 GMT', 0],
  ])('makes of %j so many ms: %i', (header, expected) => expect(readRetryAfter(header, NOW)).toBe(expected));
});
