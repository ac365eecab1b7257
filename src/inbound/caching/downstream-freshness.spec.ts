import { describe, expect, it } from '@jest/globals';
import type { SourceFreshness } from '../../platform/context/answer-freshness.ts';
import { toDownstreamFreshness } from './downstream-freshness.ts';

type Times = Partial<Omit<SourceFreshness, 'cacheStatus'>>;

/** Fresh for a minute, for everybody, when it says nothing else. */
const source = (times: Times = {}): SourceFreshness => ({
  cacheStatus: 'pokeapi; hit',
  storable: true,
  isPrivate: false,
  ageMs: 0,
  lifetimeMs: 60_000,
  browserLifetimeMs: times.lifetimeMs ?? 60_000,
  staleWhileRevalidateMs: 0,
  staleIfErrorMs: 0,
  ...times,
});

const told = (...parts: Times[]): string | undefined => {
  const freshness = toDownstreamFreshness(parts.map(source));
  return freshness && `${freshness.ageSeconds}: ${freshness.cacheControl}`;
};

describe('what caches behind us are told of an answer from one upstream', () => {
  it.each<[string, Times, string]>([
    ['new', {}, '0: public, max-age=60'],
    ['of some age', { ageMs: 20_000 }, '20: public, max-age=60'],
    ['of a part of a second', { ageMs: 1 }, '1: public, max-age=60'],
    ['kept for a part of a second', { lifetimeMs: 1_999, ageMs: 500 }, '1: public, max-age=2'],
    ['kept for less than is left of the second', { lifetimeMs: 900, ageMs: 500 }, '1: public, max-age=1'],
    ['never fresh', { lifetimeMs: 0 }, '0: public, no-cache'],
    ['never fresh, and old already', { lifetimeMs: 0, ageMs: 5_000 }, '5: public, no-cache'],
    ['never fresh, for one person', { lifetimeMs: 0, isPrivate: true }, '0: private, no-cache'],
    [
      'never fresh, but good for a while',
      { lifetimeMs: 0, staleWhileRevalidateMs: 30_000 },
      '0: public, max-age=0, stale-while-revalidate=30',
    ],
    ['for browsers to ask each time', { browserLifetimeMs: 0 }, '0: public, max-age=0, s-maxage=60'],
    ['for browsers to keep longer', { browserLifetimeMs: 90_000 }, '0: public, max-age=90, s-maxage=60'],
    ['for browsers alone', { lifetimeMs: 0, browserLifetimeMs: 90_000 }, '0: public, max-age=90, s-maxage=0'],
    ['for one person', { isPrivate: true, browserLifetimeMs: 30_000 }, '0: private, max-age=30'],
    [
      'good for longer than it is fresh',
      { staleWhileRevalidateMs: 30_000, staleIfErrorMs: 300_999 },
      '0: public, max-age=60, stale-while-revalidate=30, stale-if-error=300',
    ],
    [
      'good for less than a second longer',
      { staleWhileRevalidateMs: 999, staleIfErrorMs: 999 },
      '0: public, max-age=60',
    ],
    ['stale', { ageMs: 70_000, staleWhileRevalidateMs: 30_000 }, '70: public, max-age=60, stale-while-revalidate=30'],
    ['far too old', { ageMs: 1_000_500, staleIfErrorMs: 30_000 }, '1001: public, max-age=60, stale-if-error=30'],
    ['eternal', { lifetimeMs: Infinity, ageMs: 9_000 }, '9: public, max-age=2147483657'],
  ])('when it is %s', (_what, times, expected) => {
    expect(told(times)).toBe(expected);
  });

  it('is nothing, when it may not be kept', () => {
    expect(told({ storable: false })).toBeUndefined();
  });
});

describe('what they are told of an answer from several', () => {
  it.each<[string, Times[], string | undefined]>([
    ['the shortest life', [{}, { lifetimeMs: 10_000 }], '0: public, max-age=10'],
    ['the least that is left', [{ ageMs: 55_000 }, { lifetimeMs: 10_000 }], '55: public, max-age=60'],
    ['the greatest age', [{ lifetimeMs: 90_000, ageMs: 80_000 }, { ageMs: 59_000 }], '80: public, max-age=81'],
    ['nothing fresh, if one is stale', [{ ageMs: 70_000 }, { lifetimeMs: 900_000 }], '70: public, max-age=60'],
    ['that it is for one person, if one is', [{ isPrivate: true }, {}], '0: private, max-age=60'],
    [
      'nothing for shared caches, if one is for one person',
      [{ browserLifetimeMs: 30_000 }, { isPrivate: true }],
      '0: private, max-age=30',
    ],
    ['to validate, if one always has to be', [{ ageMs: 30_000 }, { lifetimeMs: 0 }], '30: public, no-cache'],
    ['no-store, if one may not be kept', [{}, { storable: false }, {}], undefined],
    [
      'lives of browsers and of shared caches each from its own shortest',
      [{ browserLifetimeMs: 5_000 }, { lifetimeMs: 20_000 }],
      '0: public, max-age=5, s-maxage=20',
    ],
  ])('is %s', (_what, parts, expected) => {
    expect(told(...parts)).toBe(expected);
  });

  it.each<[string, Times[], string]>([
    ['one may not, but is fresh until then', [{ lifetimeMs: 100_000 }], ', stale-while-revalidate=60'],
    ['one may not, and is fresh for less', [{ lifetimeMs: 40_000 }], ', stale-while-revalidate=30'],
    ['one may not, and is the first to go stale', [{ lifetimeMs: 10_000 }], ''],
    ['one is fresh as long', [{ lifetimeMs: 40_000, staleWhileRevalidateMs: 5_000 }], ', stale-while-revalidate=35'],
    ['one is stale and may not', [{ lifetimeMs: 10_000, ageMs: 11_000 }], ''],
  ])('allows to serve it stale as long as all do, when %s', (_what, others, expected) => {
    const permissive = { lifetimeMs: 10_000, staleWhileRevalidateMs: 60_000 };
    expect(told(permissive, ...others)?.replace(/^.*max-age=\d+/, '')).toBe(expected);
  });
});

describe('a cache that reckons with what it is told', () => {
  /** Seconds a cache counts from, by RFC 9111 §4.2.1 and RFC 5861: fresh, while revalidating, if there is an error. */
  const spansOf = (parts: readonly SourceFreshness[], lifetime: RegExp): number[] => {
    const { cacheControl, ageSeconds } = toDownstreamFreshness(parts)!;
    const second = (pattern: RegExp): number => Number(pattern.exec(cacheControl)?.[1] ?? 0);
    const fresh = second(cacheControl.includes('s-maxage') ? lifetime : /\bmax-age=(\d+)/) - ageSeconds;
    return [fresh, fresh + second(/stale-while-revalidate=(\d+)/), fresh + second(/stale-if-error=(\d+)/)];
  };
  /** The same, by each part for itself. */
  const allowed = (parts: readonly SourceFreshness[], lifetime: 'lifetimeMs' | 'browserLifetimeMs'): number[] =>
    ['', 'staleWhileRevalidateMs', 'staleIfErrorMs'].map((permission) =>
      Math.min(
        ...parts.map((part) => {
          const extraMs = permission === '' ? 0 : part[permission as 'staleIfErrorMs'];
          return (part[lifetime] + extraMs - part.ageMs) / 1_000;
        }),
      ),
    );
  /** Repeatable numbers; a sixth of them is 0. */
  const draws = (seed: number) => (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % 6 === 0 ? 0 : seed % 100_000;
  };

  it('never uses a part longer than it may, nor throws it away more than a second early', () => {
    const draw = draws(7);
    for (let round = 0; round < 5_000; round++) {
      const parts = Array.from({ length: 1 + (round % 4) }, () =>
        source({
          ageMs: draw(),
          lifetimeMs: draw() + 1,
          browserLifetimeMs: draw(),
          staleWhileRevalidateMs: draw(),
          staleIfErrorMs: draw(),
        }),
      );
      const shared = spansOf(parts, /s-maxage=(\d+)/);
      const browser = spansOf(parts, /\bmax-age=(\d+)/);
      const mayShare = allowed(parts, 'lifetimeMs');
      const mayBrowse = allowed(parts, 'browserLifetimeMs');
      for (const [index, seconds] of shared.entries()) expect(seconds).toBeLessThanOrEqual(mayShare[index]!);
      for (const [index, seconds] of browser.entries()) expect(seconds).toBeLessThanOrEqual(mayBrowse[index]!);
      expect([shared[0]! > mayShare[0]! - 1, browser[0]! > mayBrowse[0]! - 1]).toEqual([true, true]);
      for (const index of [1, 2]) {
        const waste = [mayShare[index]! - shared[index]!, mayBrowse[index]! - browser[index]!];
        expect(Math.min(...waste)).toBeLessThan(1);
      }
    }
  });
});
