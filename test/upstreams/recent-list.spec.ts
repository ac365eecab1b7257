import { describe, expect, it } from '@jest/globals';
import { remember } from './recent-list.ts';

describe('remember', () => {
  it('keeps the newest at the end and never more than 10,000', () => {
    const list: number[] = [];
    for (let number = 1; number <= 25_000; number += 1) {
      remember(list, number);
      if (list.length > 10_000) throw new Error(`the list has grown to ${list.length}`);
    }
    expect(list.at(-1)).toBe(25_000);
    expect(list.length).toBeGreaterThan(8_999);
  });
});
