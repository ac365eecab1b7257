import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { rejectionOf } from '../../test/support/rejection-of.ts';
import { sleep } from './sleep.ts';

const reason = new Error('no longer wanted');
let clock: FakeClock;
let controller: AbortController;

beforeEach(() => {
  clock = new FakeClock();
  controller = new AbortController();
});

describe('sleep', () => {
  it('does not begin when the signal has aborted before', async () => {
    controller.abort(reason);
    expect(await rejectionOf(sleep(clock, 100, controller.signal))).toBe(reason);
    expect(clock.pending).toBe(0);
  });

  it('ends with the reason as soon as the signal aborts, and leaves no timer', async () => {
    const ended = rejectionOf(sleep(clock, 100, controller.signal));
    await clock.advance(50);
    controller.abort(reason);
    expect(await ended).toBe(reason);
    expect([clock.now(), clock.pending]).toEqual([50, 0]);
  });

  it('ends on time to the millisecond', async () => {
    let isOver = false;
    void sleep(clock, 100, controller.signal).then(() => (isOver = true));
    await clock.advance(99);
    expect(isOver).toBe(false);
    await clock.advance(1);
    expect(isOver).toBe(true);
  });

  it('leaves no listener on a signal that outlives it', async () => {
    const { signal } = controller;
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...listener: Parameters<typeof add>) => void ((listeners += 1), add(...listener));
    signal.removeEventListener = (...listener: Parameters<typeof remove>) =>
      void ((listeners -= 1), remove(...listener));
    const over = sleep(clock, 100, signal);
    expect(listeners).toBe(1);
    await clock.advance(100);
    await over;
    expect(listeners).toBe(0);
  });
});
