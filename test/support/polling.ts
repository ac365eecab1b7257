import { expect } from '@jest/globals';
import type { PollOptions, PollResult } from '../../src/jobs/schedules/poll-loop.ts';
import { Polls } from '../../src/jobs/schedules/polls.ts';
import { NoTracing } from '../../src/platform/telemetry/no-tracing.ts';
import { MemoryVault } from '../../src/platform/vault/memory-vault.ts';
import { captureLog } from './captured-log.ts';
import { FakeClock } from './fake-clock.ts';

/** A process that polls, on a clock that stands still. */
export class Polling {
  readonly clock = new FakeClock();
  readonly vault = new MemoryVault(this.clock);
  readonly captured = captureLog();
  readonly polls = new Polls(this.vault, this.clock, this.captured.log, new NoTracing());
  /** When it was polled. */
  readonly polledAt: number[] = [];
  /** What a poll finds. */
  answer: (signal: AbortSignal) => Promise<PollResult> = () => Promise.resolve('unchanged');

  /** Every 5 s, up to every minute, unless it is told otherwise. */
  start(own: Partial<PollOptions> = {}, by: Polls = this.polls): () => void {
    return by.start({
      name: 'board',
      intervalMs: 5_000,
      maxIntervalMs: 60_000,
      poll: (signal) => {
        this.polledAt.push(this.clock.now());
        return this.answer(signal);
      },
      ...own,
    });
  }

  /** Between one poll and the next, in seconds, rounded. */
  intervals(): number[] {
    return this.polledAt.slice(1).map((time, index) => Math.round((time - this.polledAt[index]!) / 1_000));
  }

  /** It leaves no timer. */
  async end(): Promise<void> {
    await this.polls.beforeApplicationShutdown();
    expect(this.clock.pending).toBe(0);
  }
}

/** Give or take a tenth. */
export const expectAbout = (found: readonly number[], wanted: readonly number[]): void => {
  expect(found).toHaveLength(wanted.length);
  found.forEach((seconds, index) => {
    expect(seconds).toBeGreaterThanOrEqual(Math.floor(wanted[index]! * 0.9));
    expect(seconds).toBeLessThanOrEqual(Math.ceil(wanted[index]! * 1.1));
  });
};
