import { describe, expect, it } from '@jest/globals';
import { elapse } from '../../../../test/support/elapse.ts';
import { FakeClock } from '../../../../test/support/fake-clock.ts';
import { ForgottenLater } from './forgotten-later.ts';
import type { Forgotten } from './forgotten.ts';

const tags = (...names: string[]): Forgotten => ({ tags: names, keys: [] });
const keys = (...names: string[]): Forgotten => ({ tags: [], keys: names });

/** With a Redis that is told when `line.isUp`. */
const open = (pauseLeftMs = 0) => {
  const clock = new FakeClock();
  const line = { isUp: true };
  const told: Forgotten[] = [];
  const tell = (forgotten: Forgotten): Promise<boolean> => {
    if (line.isUp) told.push(forgotten);
    return Promise.resolve(line.isUp);
  };
  return { clock, line, told, later: new ForgottenLater(tell, { pauseLeftMs }, clock) };
};

describe('ForgottenLater', () => {
  it('tells Redis at once', async () => {
    const { later, told, clock } = open();
    await later.forget(tags('pokeapi'));
    expect([told, later.isPending, clock.pending]).toEqual([[tags('pokeapi')], false, 0]);
  });

  it('remembers what Redis cannot be told, each thing once, until it can', async () => {
    const { later, told, line } = open();
    line.isUp = false;
    for (const forgotten of [tags('a', 'b'), keys('k'), tags('b', 'c'), keys('k')]) await later.forget(forgotten);
    await later.carryOut();
    expect([told, later.isPending]).toEqual([[], true]);
    line.isUp = true;
    await later.carryOut();
    expect([told, later.isPending]).toEqual([[{ tags: ['a', 'b', 'c'], keys: ['k'] }], false]);
  });

  it('tries again by itself, when Redis may be asked again', async () => {
    const { later, told, line, clock } = open(2_000);
    line.isUp = false;
    await later.forget(tags('a'));
    await later.forget(tags('b'));
    expect(clock.pending).toBe(1);
    line.isUp = true;
    await elapse(clock, 1_999);
    expect(told).toEqual([]);
    await elapse(clock, 1);
    expect([told, clock.pending]).toEqual([[tags('a', 'b')], 0]);
  });

  it('does not take what is forgotten while it is carrying out for carried out', async () => {
    const { later, told, line } = open();
    line.isUp = false;
    await later.forget(tags('a'));
    line.isUp = true;
    const carriedOut = later.carryOut();
    expect(later.isPending).toBe(true);
    line.isUp = false;
    await Promise.all([later.forget(tags('a')), carriedOut]);
    expect([told, later.isPending]).toEqual([[tags('a')], true]);
  });

  it('forgets everything rather than remember more than 1,000 things', async () => {
    const { later, told, line } = open();
    line.isUp = false;
    for (let index = 0; index < 1_000; index += 1) await later.forget(tags(`pokeapi/${index}`));
    await later.forget(keys('one more'));
    await later.forget(tags('and more'));
    line.isUp = true;
    await later.carryOut();
    expect(told).toEqual([tags('*')]);
  });

  it('leaves no timer when it is stopped', async () => {
    const { later, line, clock } = open();
    line.isUp = false;
    await later.forget(tags('a'));
    later.stop();
    await later.forget(tags('b'));
    expect(clock.pending).toBe(0);
  });
});
