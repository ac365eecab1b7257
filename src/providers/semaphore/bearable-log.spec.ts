import { describe, expect, it } from '@jest/globals';
import { isBearable } from './bearable-log.ts';

const logOf = (lines: number, pieces: number) =>
  Array(pieces).fill({ output: '\n'.repeat(lines) }) as { output: string }[];

describe('a log', () => {
  it('of a million lines can be held, one of more cannot', () => {
    expect(isBearable(logOf(1_000, 1_000))).toBe(true);
    expect(isBearable([...logOf(1_000, 1_000), ...logOf(1, 1)])).toBe(false);
    expect(isBearable(logOf(8_000_000, 1))).toBe(false);
  });

  it('of 16 MB in one line can be held', () => {
    expect(isBearable([{ output: null }, { output: 'x'.repeat(16_000_000) }])).toBe(true);
  });
});
