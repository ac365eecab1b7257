import type { CancelSignal } from './cancellation.ts';
import type { Clock } from './clock.ts';
import { sleep } from './sleep.ts';

/** Waits for `ms`, or until the signal aborts, whichever is first. */
export const pause = (clock: Clock, ms: number, signal: CancelSignal): Promise<void> =>
  sleep(clock, ms, signal).catch(() => undefined);
