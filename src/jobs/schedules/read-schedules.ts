import { DAY_MS, HOUR_MS } from '../../platform/durations.ts';
import type { FoundSchedule } from './find-scheduled.ts';
import { toSlots, type Slots } from './slots.ts';

/** A schedule as it is run. */
export interface Schedule {
  readonly name: string;
  readonly slots: Slots;
  /** Longest a run may take, in ms. */
  readonly maxRunMs: number;
  readonly run: (signal: AbortSignal) => Promise<unknown>;
}

const MAX_RUN_MS = HOUR_MS;

/** @throws Error naming each class and method whose schedule cannot be used, why, and what to do */
export const readSchedules = async (found: readonly FoundSchedule[]): Promise<Schedule[]> => {
  const [schedules, wrong]: [Schedule[], string[]] = [[], []];
  const places = new Map<string, string>();
  for (const schedule of found) {
    const { options, place } = schedule;
    const { name, maxRunMs = MAX_RUN_MS } = options;
    try {
      refuseUnusable(schedule, places.get(name));
      schedules.push({ name, slots: await toSlots(options), maxRunMs, run: schedule.run });
    } catch (error) {
      wrong.push(`@Scheduled on ${place}: ${(error as Error).message}`);
    }
    places.set(name, place);
  }
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return schedules;
};

const refuseUnusable = ({ options, isStatic }: FoundSchedule, namesake: string | undefined): void => {
  const { name, maxRunMs = MAX_RUN_MS } = options;
  if (!name) throw new Error('give it a name');
  if (namesake !== undefined) throw new Error(`${namesake} has the name "${name}" already: give it another`);
  if (!isStatic) throw new Error('it belongs to a request: take request-scoped providers out of its class');
  if (!(maxRunMs >= 1 && maxRunMs <= DAY_MS)) throw new Error(`maxRunMs is ${maxRunMs}: give 1 to ${DAY_MS} ms`);
};
