import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { settledWithin } from './settled-within.ts';

describe('settledWithin', () => {
  it.each([
    ['is fulfilled', () => Promise.resolve()],
    ['is rejected', () => Promise.reject(new Error('no'))],
  ])('is over when the promise %s, and leaves no timer behind', async (_how, begin) => {
    const clock = new FakeClock();
    await settledWithin(begin(), 100, clock);
    expect(clock.pending).toBe(0);
  });

  it('waits no longer than it may', async () => {
    const clock = new FakeClock();
    const waiting = settledWithin(new Promise(() => undefined), 100, clock).then(() => clock.now());
    await clock.advance(500);
    expect(await waiting).toBe(100);
  });
});
