import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { Turns } from './turns.ts';

let clock: FakeClock;
let turns: Turns;
beforeEach(() => {
  clock = new FakeClock();
  turns = new Turns(2, clock);
});

describe('turns', () => {
  it('are given to so many at once, each key for itself', () => {
    expect([turns.begin('a'), turns.begin('a'), turns.begin('b')]).toEqual([undefined, undefined, undefined]);
    expect(turns.begin('a')).toBeGreaterThan(0);
    expect(turns.begin('b')).toBeUndefined();
  });

  it('come back with each end', () => {
    turns.begin('a');
    turns.begin('a');
    turns.end('a');
    expect(turns.begin('a')).toBeUndefined();
    expect(turns.begin('a')).toBeGreaterThan(0);
  });

  it('are each at a time of their own, at the pace of those under way', async () => {
    turns.begin('a');
    turns.begin('a');
    await clock.advance(10_000);
    expect([turns.begin('a'), turns.begin('a'), turns.begin('a')]).toEqual([5_000, 10_000, 15_000]);
  });

  it('are not crowded where all is done in no time', () => {
    turns.begin('a');
    turns.begin('a');
    expect([turns.begin('a'), turns.begin('a')]).toEqual([50, 100]);
  });

  it('of keys that nobody is busy with are as if they had never been', async () => {
    turns.begin('a');
    turns.begin('a');
    await clock.advance(10_000);
    turns.begin('a');
    turns.end('a');
    turns.end('a');
    turns.end('a');
    turns.begin('a');
    turns.begin('a');
    expect(turns.begin('a')).toBe(50);
  });
});
