import { describe, expect, it } from '@jest/globals';
import { balancing, type Balancing } from '../../../test/support/balancing.ts';

const METHODS = ['p2c', 'round-robin', 'weighted'] as const;
const PICKS = 4_000;

/** What part of the calls each has. */
const sharesOf = ({ countOf }: Balancing): Record<string, number> =>
  Object.fromEntries(Object.entries(countOf(PICKS)).map(([id, picks]) => [id, picks / PICKS]));

/** What `c` has beside two others, when so much of its weight counts. */
const shareAt = (ramp: number): unknown => expect.closeTo(ramp / (2 + ramp), 1.5);

const STEPS = [
  [0, 0.1],
  [2_500, 0.325],
  [5_000, 0.55],
  [9_000, 0.91],
  [10_000, 1],
] as const;

describe.each(METHODS)('slow start of %s', (method) => {
  it('is not of the first servers', () => {
    const some = balancing('a b c', { method });
    expect(sharesOf(some)).toEqual({ a: shareAt(1), b: shareAt(1), c: shareAt(1) });
  });

  it.each(STEPS)('gives a new one, after %i ms, %f of its share', async (afterMs, ramp) => {
    const some = balancing('a b', { method });
    await some.clock.advance(1_000);
    some.set('a b c');
    await some.clock.advance(afterMs);
    expect(sharesOf(some)).toMatchObject({ c: shareAt(ramp) });
  });

  it.each(STEPS)('gives one that was ejected, after %i ms, %f of its share', async (afterMs, ramp) => {
    const some = balancing('a b c', { method });
    some.fail('c');
    await some.clock.advance(30_000 + afterMs);
    expect(sharesOf(some)).toMatchObject({ c: shareAt(ramp) });
  });

  it('grows while nothing but time changes', async () => {
    const some = balancing('a b', { method });
    some.set('a b c');
    const seen: unknown[] = [];
    for (let second = 0; second <= 10; second += 5) {
      seen.push(sharesOf(some)['c']);
      await some.clock.advance(5_000);
    }
    expect(seen).toEqual([shareAt(0.1), shareAt(0.55), shareAt(1)]);
  });

  it('can be none', async () => {
    const some = balancing('a b c', { method, slowStartMs: 0 });
    some.fail('c');
    await some.clock.advance(30_000);
    expect(sharesOf(some)).toMatchObject({ c: shareAt(1) });
  });
});

describe('slow start', () => {
  it('leaves a round robin blind to weights', () => {
    const some = balancing('a b*2', { method: 'round-robin' });
    expect(some.countOf(100)).toEqual({ a: 50, b: 50 });
    some.set('a b*2 c*5');
    const { a = 0, b = 0, c = 0 } = some.countOf(2_100);
    expect([a, b, c]).toEqual([1_000, 1_000, 100]);
  });

  it('is part of the weight of a weighted one', () => {
    const some = balancing('a b*2', { method: 'weighted' });
    some.set('a b*2 c*10');
    expect(some.countOf(400)).toEqual({ a: 100, b: 200, c: 100 });
  });

  it('is not of a hash, whose keys would move twice', () => {
    const some = balancing('a b', { method: 'hash' });
    some.set('a b c');
    const keys = Array.from({ length: 3_000 }, (_, key) => some.pick('success', `/${key}`));
    expect(keys.filter((id) => id === 'c').length).toBeGreaterThan(800);
  });
});
