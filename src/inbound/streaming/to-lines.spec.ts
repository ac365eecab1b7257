import { describe, expect, it } from '@jest/globals';
import { toLine, toLines } from './to-lines.ts';

describe('items as lines', () => {
  it.each([
    'a\nb\r\nc',
    'a\u2028b\u2029c\u0085d',
    'back\\slash "quote"',
    '\ud83d',
    '\u0000',
    'ünï 🦖',
    '\\u2028 as it stands',
  ])('are one each, and say the same: %j', (text) => {
    const line = toLine({ text });
    expect(line.split(/[\n\r\v\f\u0085\u2028\u2029]/)).toEqual([line.slice(0, -1), '']);
    expect(JSON.parse(line)).toEqual({ text });
  });

  it('come some at a time, always whole', () => {
    const items = Array.from({ length: 100 }, (_, n) => ({ n, text: 'x'.repeat(1_000) }));
    const chunks = [...toLines(items)];
    expect(chunks.length).toBe(4);
    expect(chunks.every((chunk) => chunk.endsWith('\n') && chunk.length < 34_000)).toBe(true);
    expect(chunks.join('')).toBe(items.map(toLine).join(''));
  });

  it('are made when they are wanted', () => {
    let made = 0;
    const item = (): object => ({ toJSON: () => ((made += 1), 'x'.repeat(40_000)) });
    toLines([item(), item(), item()]).next();
    expect(made).toBe(1);
  });

  it('of nothing are none', () => {
    expect([...toLines([])]).toEqual([]);
  });
});
