import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { captureLog, type CapturedLog } from '../../../test/support/captured-log.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { currentContext, RequestContext, runInContext } from '../../platform/context/request-context.ts';
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
describe('a poll', () => {
  it('is made at once, and then less and less often while nothing changes', async () => {
    start();
    await elapse(clock, 400_000);
    expect(polledAt[0]).toBe(0);
    expectAbout(intervals().slice(0, 6), [10, 20, 40, 60, 60, 60]);
  });

  it('is made often again as soon as something has changed', async () => {
    start();
    await elapse(clock, 100_000);
    answer = () => Promise.resolve('changed');
    const before = polledAt.length;
    await clock.advance(80_000);
    expectAbout(intervals().slice(before, before + 4), [5, 5, 5, 5]);
  });

  it('is made by nobody once it is stopped, not even what is under way goes on', async () => {
    let told: unknown;
    answer = (signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject((told = signal.reason) as Error));
      });
    const stop = start();
    await settled();
    stop();
    stop();
    await elapse(clock, 1_000_000);
    expect([polledAt.length, told, clock.pending]).toEqual([1, expect.objectContaining({ name: 'PollingStopped' }), 0]);
    expect(captured.lines).toEqual([]);
  });

  it('is not made when it was stopped before it could be, and is when it is started again', async () => {
    start()();
    await settled();
    start();
    await settled();
    expect(polledAt).toEqual([0]);
  });

  it('is a background call with a deadline, of no request', async () => {
    const contexts: (RequestContext | undefined)[] = [];
    const request = new RequestContext('request-1', undefined, 7);
    const poll = (): Promise<PollResult> => {
      contexts.push(currentContext());
      return Promise.resolve('changed');
    };
    runInContext(request, () => start({ poll, deadlineMs: 4_000 }));
    await settled();
    expect(contexts).toMatchObject([{ isBackground: true, deadlineAt: 4_000 }]);
    expect(contexts[0]?.requestId).not.toBe('request-1');
  });

  it.each([
    { intervalMs: 99 },
    { intervalMs: Number.NaN },
    { intervalMs: 5_000, maxIntervalMs: 4_999 },
    { maxIntervalMs: 86_400_001 },
  ])('is refused with %j', (own) => {
    expect(() => start(own)).toThrow('Poll board: give an interval from 100 ms');
  });
});
