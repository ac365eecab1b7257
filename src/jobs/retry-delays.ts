import { HOUR_MS, MINUTE_MS } from '../platform/durations.ts';
/** Nearly eleven hours in all: most of what fails for a while is back by then. */
export const DEFAULT_RETRY_DELAYS_MS: readonly number[] = [
  5_000,
  30_000,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
];

/** How far a delay strays from what was declared, so that what failed together does not come back together. */
const JITTER = 0.1;

/** How long to wait after so many attempts that count, in ms; undefined when there is to be no other. */
export const toRetryDelayMs = (
  attempts: number,
  delaysMs: readonly number[] = DEFAULT_RETRY_DELAYS_MS,
  random: () => number = Math.random,
): number | undefined => {
  const delayMs = delaysMs[attempts - 1];
  return delayMs === undefined ? undefined : Math.round(delayMs * (1 + JITTER * (2 * random() - 1)));
};

const LEAST_PUT_OFF_MS = 1_000;
const FIRST_PUT_OFF_MS = 5_000;
const LONGEST_PUT_OFF_MS = 10 * MINUTE_MS;

/** Enough to spread those that were all told the same time. */
const LONGEST_SPREAD_MS = 5_000;

interface PutOff {
  /** What the upstream, or our own limits, asked for. */
  readonly askedMs: number | undefined;
  /** How long the call has been waiting already. */
  readonly waitedMs: number;
}

/**
 * How long to wait when somebody has no room for the call now, in ms: as long as they asked for and hardly longer; where they
 * did not say, as long again as it has waited, from 5 s to 10 min.
 */
export const toPutOffMs = ({ askedMs, waitedMs }: PutOff, random: () => number = Math.random): number => {
  const guessMs = Math.min(Math.max(waitedMs, FIRST_PUT_OFF_MS), LONGEST_PUT_OFF_MS);
  const delayMs = Math.max(askedMs ?? guessMs, LEAST_PUT_OFF_MS);
  return Math.ceil(delayMs + random() * Math.min(JITTER * delayMs, LONGEST_SPREAD_MS));
};
