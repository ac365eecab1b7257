import { cronSlots } from './cron-slots.ts';
import type { ScheduleOptions } from './scheduled.ts';

/** The moments of a schedule, in ms since 1970; the same in every process. */
export interface Slots {
  /** The first moment that is later. */
  nextAfter(wallTime: number): number;
}

const SHORTEST_MS = 1_000;

/** @throws Error saying what cannot be used, and what can */
export const toSlots = (options: ScheduleOptions): Slots | Promise<Slots> =>
  'cron' in options ? cronSlots(options) : everySlots(options.everyMs);

const everySlots = (everyMs: number): Slots => {
  if (!Number.isSafeInteger(everyMs) || everyMs < SHORTEST_MS)
    throw new Error(`everyMs is ${everyMs}: give whole milliseconds, ${SHORTEST_MS} at least`);
  return { nextAfter: (wallTime) => (Math.floor(wallTime / everyMs) + 1) * everyMs };
};
