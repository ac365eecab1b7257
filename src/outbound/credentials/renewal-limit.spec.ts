import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { RenewalLimit } from './renewal-limit.ts';

let clock: FakeClock;
let limit: RenewalLimit;

beforeEach(() => {
  clock = new FakeClock();
  limit = new RenewalLimit(clock);
});

const tryOften = (times = 100): number => Array.from({ length: times }, () => limit.tryRenew()).filter(Boolean).length;

/** Renewals in a minute with 100 tries each second; `isAccepted`: each token works in between. */
const inOneMinute = async (isAccepted: boolean): Promise<number> => {
  let renewals = 0;
  for (let second = 0; second < 60; second += 1) {
    for (let turn = 0; turn < 100; turn += 1) {
      renewals += limit.tryRenew() ? 1 : 0;
      if (isAccepted) limit.noteAccepted();
    }
    await clock.advance(1_000);
  }
  return renewals;
};

describe('RenewalLimit', () => {
  it('lets the first refusal through, however late it comes', async () => {
    await clock.advance(3_600_000);
    expect(limit.tryRenew()).toBe(true);
  });

  it('does not replace a token that was never accepted, for 10 s', async () => {
    expect(tryOften()).toBe(1);
    await clock.advance(9_999);
    expect(tryOften()).toBe(0);
    await clock.advance(1);
    expect(tryOften()).toBe(1);
  });

  it('replaces one that has worked at once', () => {
    limit.tryRenew();
    limit.noteAccepted();
    expect(limit.tryRenew()).toBe(true);
  });

  it('lets three in a row through at most, whatever works in between', () => {
    let renewals = 0;
    for (let turn = 0; turn < 100; turn += 1) {
      renewals += limit.tryRenew() ? 1 : 0;
      limit.noteAccepted();
    }
    expect(renewals).toBe(3);
  });

  it('saves up no more than that in quiet times', async () => {
    await clock.advance(3_600_000);
    let renewals = 0;
    for (let turn = 0; turn < 100; turn += 1) {
      renewals += limit.tryRenew() ? 1 : 0;
      limit.noteAccepted();
    }
    expect(renewals).toBe(3);
  });

  it('lets six a minute through when nothing works, and eight when others work in between', async () => {
    expect(await inOneMinute(false)).toBe(6);
    limit = new RenewalLimit(clock);
    expect(await inOneMinute(true)).toBe(3 + 5);
  });
});
