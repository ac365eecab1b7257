import { describe, expect, it } from '@jest/globals';
import { toBytes, toCount, toDuration, toMs, toPercent, toRate, toWords } from './page/numbers.ts';

const plain = (text: string): string => text.replaceAll('\u202f', ' ');

describe('numbers of the console', () => {
  it.each([
    [null, '–'],
    [0, '0 ms'],
    [0.42, '0.4 ms'],
    [9.96, '10 ms'],
    [350.4, '350 ms'],
    [999.6, '1.00 s'],
    [3_004, '3.00 s'],
    [59_994, '59.99 s'],
    [61_000, '1 min 1 s'],
  ])('tell %s ms as %s', (ms, expected) => {
    expect(plain(toMs(ms))).toBe(expected);
  });

  it.each([
    [null, '–'],
    [0, '0 %'],
    [0.0004, '<0.1 %'],
    [0.7712, '77.1 %'],
    [0.9999, '>99.9 %'],
    [1, '100 %'],
  ])('tell the ratio %s as %s', (ratio, expected) => {
    expect(plain(toPercent(ratio))).toBe(expected);
  });

  it.each([
    [0, '0/s'],
    [0.25, '0.25/s'],
    [12.44, '12.4/s'],
    [99.6, '100/s'],
    [1_284.4, '1,284/s'],
  ])('tell %s a second as %s', (rate, expected) => {
    expect(toRate(rate)).toBe(expected);
  });

  it.each([
    [-3, '0 s'],
    [0.9, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [3_599, '59 min 59 s'],
    [11_545, '3 h 12 min'],
    [86_400, '1 d'],
    [100_000_000, '1,157 d 9 h'],
  ])('tell %s s as %s', (seconds, expected) => {
    expect(plain(toDuration(seconds))).toBe(expected);
  });

  it('tell thousands, bytes and names so that one can read them', () => {
    expect(toCount(1_234_567)).toBe('1,234,567');
    expect(plain(toBytes(84_200_000))).toBe('84 MB');
    expect(plain(toBytes(1_710_000_000))).toBe('1.71 GB');
    expect(toWords('half_open')).toBe('half open');
  });
});
