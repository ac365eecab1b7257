import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { IdleWatch } from './idle-watch.ts';

let clock: FakeClock;
let watch: IdleWatch;
let noticed: number;
beforeEach(() => {
  clock = new FakeClock();
  noticed = 0;
  watch = new IdleWatch(clock, 1_000, () => (noticed += 1));
});

describe('an idle watch', () => {
  it('notices once that nothing has happened for so long', async () => {
    watch.expect();
    await clock.advance(999);
    expect(noticed).toBe(0);
    await clock.advance(1);
    expect(noticed).toBe(1);
    await clock.advance(10_000);
    expect([noticed, clock.pending]).toEqual([1, 0]);
  });

  it('counts from what happened last', async () => {
    watch.expect();
    await clock.advance(900);
    watch.expect();
    await clock.advance(999);
    expect(noticed).toBe(0);
    await clock.advance(1);
    expect(noticed).toBe(1);
  });

  it('does not mind silence while nothing is expected', async () => {
    watch.expect();
    watch.rest();
    await clock.advance(10_000);
    expect([noticed, clock.pending]).toEqual([0, 0]);
    watch.expect();
    await clock.advance(1_000);
    expect(noticed).toBe(1);
  });

  it('has one timer at most, and none once it is stopped', async () => {
    for (let count = 0; count < 100; count += 1) watch.expect();
    expect(clock.pending).toBe(1);
    watch.stop();
    expect(clock.pending).toBe(0);
    await clock.advance(10_000);
    expect(noticed).toBe(0);
  });
});
