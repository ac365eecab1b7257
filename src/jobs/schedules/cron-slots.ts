import { HOUR_MS } from '../../platform/durations.ts';
import type { CronSchedule } from './scheduled.ts';

/** Five fields or six; fewer would be completed in ways that nobody expects. */
const CRON = /^\s*(@[a-z]+|\S+(\s+\S+){4,5})\s*$/;

/**
 * What comes in the hour after clocks are changed depends on where the search began: an hour comes twice, or not at all.
 * From so long before, all find the same.
 */
const RUN_UP_MS = 3 * HOUR_MS;

const MAX_TRIES = 24;

/** Further ahead, a new search is quicker. */
const GO_ON_MS = 60_000;

/** @throws Error saying what cannot be used, and what can */
export const cronSlots = async ({
  name,
  cron,
  timeZone: tz = 'UTC',
}: CronSchedule): Promise<{ nextAfter(wallTime: number): number }> => {
  if (!CRON.test(cron)) throw new Error(`cron is "${cron}": give five fields, or six with seconds first`);
  if (!isTimeZone(tz)) throw new Error(`timeZone is "${tz}": give a name such as Europe/Berlin`);
  // Only where it is used: it brings a date library.
  const { CronExpressionParser } = await import('cron-parser');
  // `H` means the same in every process.
  const parse = (currentDate: number) => CronExpressionParser.parse(cron, { currentDate, tz, hashSeed: name });
  try {
    parse(0).next();
  } catch (error) {
    throw new Error(`cron is "${cron}": ${(error as Error).message}`, { cause: error });
  }
  const offsetAt = offsetIn(tz);
  const runUpFor = (time: number): number => (offsetAt(time) === offsetAt(time - RUN_UP_MS) ? 0 : RUN_UP_MS);
  return { nextAfter: searchOn((time) => searchFrom(parse, time - runUpFor(time))) };
};

type Search = () => number;

/** The library finds nothing where clocks change by half an hour: there it begins anew, an hour later each time. */
const searchFrom = (parse: (from: number) => { next(): { getTime(): number } }, from: number): Search => {
  let [expression, last] = [parse(from), from];
  const next = (): number => (last = expression.next().getTime());
  return () => {
    for (let tries = 1; tries < MAX_TRIES; tries += 1) {
      try {
        return next();
      } catch {
        expression = parse(last + tries * HOUR_MS);
      }
    }
    return next();
  };
};

/** Goes on from the last question, as long as questions go on in time. */
const searchOn = (begin: (wallTime: number) => Search): ((wallTime: number) => number) => {
  let [next, found, since]: [Search, number, number] = [() => Infinity, Infinity, Infinity];
  return (wallTime) => {
    if (wallTime < since || wallTime > found + GO_ON_MS) {
      since = wallTime;
      next = begin(wallTime);
      found = next();
    }
    while (found <= wallTime) [since, found] = [found, next()];
    return found;
  };
};

/** What tells whether clocks have been changed between two times. */
const offsetIn = (timeZone: string): ((time: number) => string | undefined) => {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  return (time) => format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value;
};

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
};
