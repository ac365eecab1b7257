import { describe, expect, it } from '@jest/globals';
import { shorten } from './shorten.ts';

describe('shorten', () => {
  it('leaves text alone that is short enough', () => {
    expect(shorten('abcdef', 6)).toBe('abcdef');
  });

  it('says how much it left out', () => {
    expect(shorten('a'.repeat(1_506), 6)).toBe('aaaaaa … (1,500 more characters)');
  });
});
