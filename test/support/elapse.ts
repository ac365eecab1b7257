import { settled, type FakeClock } from './fake-clock.ts';

/** Lets everything begin that has been started, timers included, and then moves time on. */
export const elapse = async (clock: FakeClock, byMs: number): Promise<void> => {
  await settled();
  await clock.advance(byMs);
};
