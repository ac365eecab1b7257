import { describe, expect, it } from '@jest/globals';
import { findAny } from './find-any.ts';

const find = (all: string, ...texts: string[]): [string, number][] => [...findAny(Buffer.from(all), texts)];

describe('findAny', () => {
  it('finds each of many texts where it occurs first', () => {
    expect(find('a sesame-1 b sesame-2 c sesame-1', 'sesame-1', 'sesame-2', 'sesame-3')).toEqual([
      ['sesame-1', 2],
      ['sesame-2', 13],
    ]);
  });

  it('finds texts at the very ends, and within each other', () => {
    expect(find('open-sesame-now', 'open-sesame', 'sesame-now', 'open-ses')).toEqual([
      ['open-sesame', 0],
      ['open-ses', 0],
      ['sesame-now', 5],
    ]);
  });

  it('finds no text that is only begun, and none that differs late', () => {
    expect(find('open-sesam', 'open-sesame')).toEqual([]);
    expect(find('open-sesamE!', 'open-sesame')).toEqual([]);
    expect(find('', 'open-sesame')).toEqual([]);
  });

  it('finds what is not ASCII', () => {
    expect(find('— schlüsselwort', 'schlüsselwort')).toEqual([['schlüsselwort', 4]]);
  });

  it('finds among 50,000 what plain search finds, in a text of 2 MB', () => {
    const texts = Array.from({ length: 50_000 }, (_, index) => `secret-${(index * 7_919) % 50_021}-of-many`);
    const all = `${'x'.repeat(1_000_000)}${texts[17]}${'secret-'.repeat(100_000)}${texts[49_999]}`;
    const plain = [texts[17]!, texts[49_999]!].map((text) => [text, all.indexOf(text)]);
    expect(find(all, ...texts)).toEqual(plain);
  });

  it('refuses to look for next to nothing', () => {
    expect(() => find('all', 'short')).toThrow(RangeError);
  });
});
