import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { captureLog, type CapturedLog } from '../../../test/support/captured-log.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { UpstreamError } from '../../outbound/index.ts';
import { MemoryVault } from '../../platform/vault/memory-vault.ts';
import type { PollOptions, PollResult } from './poll-loop.ts';
import { Polls } from './polls.ts';

let clock: FakeClock;
let vault: MemoryVault;
let captured: CapturedLog;
let polls: Polls;
/** When it was polled. */
let polledAt: number[];
let answer: (signal: AbortSignal) => Promise<PollResult>;

beforeEach(() => {
  clock = new FakeClock();
  vault = new MemoryVault(clock);
  captured = captureLog();
  polls = new Polls(vault, clock, captured.log);
  polledAt = [];
  answer = () => Promise.resolve('unchanged');
});
afterEach(async () => {
  await polls.beforeApplicationShutdown();
  expect(clock.pending).toBe(0);
});

const start = (own: Partial<PollOptions> = {}, by: Polls = polls): (() => void) =>
  by.start({
    name: 'board',
    intervalMs: 5_000,
    maxIntervalMs: 60_000,
    poll: (signal) => {
      polledAt.push(clock.now());
      return answer(signal);
    },
    ...own,
  });

/** Between one poll and the next, in seconds, rounded. */
const intervals = (): number[] => polledAt.slice(1).map((time, index) => Math.round((time - polledAt[index]!) / 1_000));
const expectAbout = (found: readonly number[], wanted: readonly number[]): void => {
  expect(found).toHaveLength(wanted.length);
  found.forEach((seconds, index) => {
    expect(seconds).toBeGreaterThanOrEqual(Math.floor(wanted[index]! * 0.9));
    expect(seconds).toBeLessThanOrEqual(Math.ceil(wanted[index]! * 1.1));
  });
};
const failing = (code: 'upstream_failed' | 'upstream_throttled', retryAfterMs?: number): UpstreamError =>
  new UpstreamError({
    ...{ code, provider: 'fixture', operation: 'getBoard', reason: 'told so' },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });

describe('a poll that fails', () => {
  it('goes on, less and less often, and is logged once until it works again', async () => {
    answer = () => Promise.reject(failing('upstream_failed'));
    start();
    await elapse(clock, 200_000);
    expectAbout(intervals().slice(0, 4), [10, 20, 40, 60]);
    expect(captured.lines).toHaveLength(1);
    expect(captured.lines[0]).toContain('A poll failed; it goes on, slower');
    answer = () => Promise.resolve('unchanged');
    await clock.advance(130_000);
    answer = () => Promise.reject(failing('upstream_failed'));
    await clock.advance(130_000);
    expect(captured.lines).toHaveLength(2);
  });

  it('throws where it may: at once', async () => {
    answer = () => {
      throw new TypeError('ours');
    };
    start();
    await elapse(clock, 60_000);
    expect(polledAt.length).toBeGreaterThan(1);
  });

  it('waits for as long as the upstream says', async () => {
    answer = () => Promise.reject(failing('upstream_throttled', 300_000));
    start();
    await elapse(clock, 299_999);
    expect(polledAt).toEqual([0]);
    await clock.advance(1);
    expect(polledAt).toEqual([0, 300_000]);
  });

  it('does not wait for days, whatever the upstream says', async () => {
    answer = () => Promise.reject(failing('upstream_throttled', 86_400_000));
    start();
    await elapse(clock, 3_600_000);
    expect(polledAt).toEqual([0, 3_600_000]);
  });

  it('is given up when it does not end, and made again', async () => {
    answer = () => new Promise(() => undefined);
    start();
    await elapse(clock, 60_000);
    expect(polledAt.length).toBe(2);
    expect(captured.lines[0]).toContain('It was not over after 30000 ms');
    const closed = polls.beforeApplicationShutdown();
    await elapse(clock, 5_000);
    await closed;
  });
});
