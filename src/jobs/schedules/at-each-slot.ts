import type { CancelSignal } from '../../platform/cancellation.ts';
import type { Clock } from '../../platform/clock.ts';
import { HOUR_MS } from '../../platform/durations.ts';
import { pause } from '../../platform/pause.ts';
import type { Slots } from './slots.ts';

/** How soon it is noticed that somebody has set the clock; also far below what a timer can hold. */
const LOOK_EVERY_MS = 60_000;

/** What is later than that, as after a sleep of the machine, is left out. */
const LATEST_MS = HOUR_MS;

/**
 * Calls `act` when a slot has come, until the signal aborts. Of several that have come at once, as the clock was set or
 * the machine slept, the last one counts.
 */
export const atEachSlot = async (
  clock: Clock,
  slots: Slots,
  signal: CancelSignal,
  act: (slot: number) => void,
): Promise<void> => {
  let nextAt = slots.nextAfter(clock.wallTime());
  while (!signal.aborted) {
    const wallTime = clock.wallTime();
    const due = wallTime >= nextAt ? latestOf(slots, nextAt, wallTime) : undefined;
    // Also when none has come: the clock may have been set back.
    nextAt = slots.nextAfter(wallTime);
    if (due !== undefined) act(due);
    await pause(clock, Math.min(nextAt - wallTime, LOOK_EVERY_MS), signal);
  }
};

const latestOf = (slots: Slots, first: number, wallTime: number): number | undefined => {
  const isRecent = wallTime - first <= LATEST_MS;
  let latest: number | undefined;
  let next = isRecent ? first : slots.nextAfter(wallTime - LATEST_MS);
  for (; next <= wallTime; next = slots.nextAfter(next)) latest = next;
  return latest;
};
