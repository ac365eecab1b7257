import { describe, expect, it } from '@jest/globals';
import { normalisePath } from './normalise-path.ts';

const PIECES = [
  ...['/', '//', '.', '..', '%2e', '%2E', '%25', '2e', '%2f', '%5C', ';', '%3b'],
  ...['a', 'Z', '%41', '%c3%a9', '%C3', '%'],
];

/** The same texts in every run. */
const createRandom = (seed: number) => (): number => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return seed / 0x80000000;
};

const createPaths = (count: number): string[] => {
  const random = createRandom(6);
  const piece = (): string => PIECES[Math.floor(random() * PIECES.length)]!;
  return Array.from({ length: count }, () => `/${Array.from({ length: 1 + random() * 8 }, piece).join('')}`);
};

const climbs = (path: string): boolean =>
  decodeURIComponent(path)
    .split(/[/\\]/)
    .some((segment) => ['.', '..'].includes(segment.split(';')[0]!));

/** What is wrong with a path that was let through. */
const findWrong = (raw: string, path: string, allowEncodedSlashes: boolean): string[] => [
  ...(normalisePath(path, allowEncodedSlashes) === path ? [] : ['changes again']),
  ...(decodeURIComponent(path) === decodeURIComponent(raw) ? [] : ['means something else']),
  ...(climbs(path) ? ['climbs'] : []),
  ...(new URL(`http://upstream.example${path}`).pathname === path ? [] : ['is another to a URL parser']),
];

describe('a path that was normalised', () => {
  it.each([false, true])(
    'is the same once more, and leads nowhere else (encoded slashes: %s)',
    (allowEncodedSlashes) => {
      const wrong: string[] = [];
      let accepted = 0;
      for (const raw of createPaths(30_000)) {
        const path = normalisePath(raw, allowEncodedSlashes);
        if (typeof path !== 'string') continue;
        accepted += 1;
        wrong.push(...findWrong(raw, path, allowEncodedSlashes).map((what) => `${raw} ${what}`));
      }
      expect(wrong).toEqual([]);
      expect(accepted).toBeGreaterThan(3_000);
    },
  );
});
