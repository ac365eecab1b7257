import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { SlidingWindow } from './sliding-window.ts';

const WINDOW_MS = 1_000;
const NOTHING = { attempts: 0, failures: 0, slow: 0 };

const windowAt = async (now: number): Promise<{ window: SlidingWindow; clock: FakeClock }> => {
  const clock = new FakeClock();
  await clock.advance(now);
  return { window: new SlidingWindow(WINDOW_MS, clock), clock };
};

/** Time may be anything when a window begins: a process that has just started is the hard case. */
describe.each([0, 1, 99, 950, 1_000, 123_456])('SlidingWindow, begun at %i ms', (startedAt) => {
  it('is empty at first', async () => {
    const { window } = await windowAt(startedAt);
    expect(window.total()).toEqual(NOTHING);
  });

  it('tells failures and slow attempts apart', async () => {
    const { window } = await windowAt(startedAt);
    window.add(true, false);
    window.add(false, true);
    window.add(true, true);
    window.add(false, false);
    expect(window.total()).toEqual({ attempts: 4, failures: 2, slow: 2 });
  });

  it('forgets what is older than the window, and nothing younger than nine tenths of it', async () => {
    const { window, clock } = await windowAt(startedAt);
    window.add(true, true);
    await clock.advance(WINDOW_MS * 0.9 - 1);
    expect(window.total().attempts).toBe(1);
    await clock.advance(WINDOW_MS * 0.1 + 1);
    expect(window.total()).toEqual(NOTHING);
  });

  it('counts afresh in a slice that has been used before', async () => {
    const { window, clock } = await windowAt(startedAt);
    window.add(true, true);
    await clock.advance(WINDOW_MS * 7);
    window.add(false, false);
    expect(window.total()).toEqual({ attempts: 1, failures: 0, slow: 0 });
  });

  it('forgets everything when it is cleared', async () => {
    const { window } = await windowAt(startedAt);
    window.add(true, true);
    window.clear();
    expect(window.total()).toEqual(NOTHING);
  });
});
