import { describe, expect, it } from '@jest/globals';
import { isLater } from './stream-entries.ts';

describe('ids of a stream', () => {
  it.each([
    ['2-0', '1-5', true],
    ['1-10', '1-9', true],
    ['10-0', '9-0', true],
    ['1-9', '1-10', false],
    ['1-0', '1-0', false],
    ['nonsense', '1-0', false],
    ['1-0', '', false],
    ['99999999999999999999-0', '1-0', false],
  ])('%s is later than %s: %s', (one, other, expected) => {
    expect(isLater(one, other)).toBe(expected);
  });
});
