import { HOUR_MS } from '../../platform/durations.ts';
import type { Log } from '../../platform/logging/log.ts';
import { UpstreamError } from '../../outbound/index.ts';
import { jitter } from './jitter.ts';
import { pause } from '../../platform/pause.ts';
import { runInBackground, type BackgroundMeans } from './run-in-background.ts';

/** Whether the resource is another than it was the last time. */
export type PollResult = 'changed' | 'unchanged';

export interface PollOptions {
  /** The same in every process for the same thing; for log lines, too. */
  readonly name: string;
  /** After a change, in ms, give or take a tenth. */
  readonly intervalMs: number;
  /** What the interval grows to while nothing changes, or polling fails. */
  readonly maxIntervalMs: number;
  /** Longest that one poll may take, in ms. Default 30,000. */
  readonly deadlineMs?: number;
  /** Told when this process takes over, and at its first poll: what it knew before may be old. */
  readonly begin?: () => void;
  /** Asks once. What it throws is logged. The signal aborts when it takes too long, or polling stops. */
  readonly poll: (signal: AbortSignal) => Promise<PollResult>;
}

const DEADLINE_MS = 30_000;

interface Means extends BackgroundMeans {
  readonly log: Log;
}

/** Polls at once, and again and again until the signal aborts. Never rejects. */
export const pollUntil = async (
  { clock, log, tracing }: Means,
  { name, intervalMs, maxIntervalMs, deadlineMs: maxMs = DEADLINE_MS, begin, poll }: PollOptions,
  signal: AbortSignal,
): Promise<void> => {
  begin?.();
  let everyMs = intervalMs;
  let hasFailed = false;
  while (!signal.aborted) {
    let leastMs = 0;
    try {
      const result = await runInBackground({ clock, tracing }, { name: `poll ${name}`, maxMs, signal }, poll);
      everyMs = result === 'changed' ? intervalMs : Math.min(2 * everyMs, maxIntervalMs);
      hasFailed = false;
    } catch (error) {
      everyMs = Math.min(2 * everyMs, maxIntervalMs);
      leastMs = toLeastMs(error);
      if (!signal.aborted && !hasFailed) log.warn({ poll: name, err: error }, 'A poll failed; it goes on, slower');
      hasFailed = true;
    }
    await pause(clock, Math.max(leastMs, jitter(everyMs)), signal);
  }
};

/** Not before the upstream wants to hear of us again, but within an hour. */
const toLeastMs = (error: unknown): number =>
  Math.min(error instanceof UpstreamError ? (error.retryAfterMs ?? 0) : 0, HOUR_MS);
