import { describe, expect, it } from '@jest/globals';
import { Places } from './places.ts';

describe('Places', () => {
  it('are no more for one than one may hold', () => {
    const places = new Places({ max: 5, maxEach: 2 });
    const leave = places.enter('ann');
    expect([places.enter('ann'), places.enter('ann')]).toEqual([expect.any(Function), undefined]);
    expect(places.enter('bob')).toBeDefined();
    leave?.();
    expect([places.enter('ann'), places.enter('ann')]).toEqual([expect.any(Function), undefined]);
  });

  it('are no more than there are', () => {
    const places = new Places({ max: 3, maxEach: 2 });
    const [first] = ['ann', 'ann', 'bob'].map((holder) => places.enter(holder));
    expect(places.enter('eve')).toBeUndefined();
    first?.();
    expect(places.enter('eve')).toBeDefined();
    expect(places.enter('bob')).toBeUndefined();
  });

  it('can be left once', () => {
    const places = new Places({ max: 2, maxEach: 2 });
    const leave = places.enter('ann');
    places.enter('bob');
    leave?.();
    leave?.();
    expect([places.enter('eve'), places.enter('eve')]).toEqual([expect.any(Function), undefined]);
  });
});
