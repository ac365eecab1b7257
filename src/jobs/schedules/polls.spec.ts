import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { elapse } from '../../../test/support/elapse.ts';
import { settled } from '../../../test/support/fake-clock.ts';
import { currentContext, RequestContext, runInContext } from '../../platform/context/request-context.ts';
import type { PollResult } from './poll-loop.ts';
import { expectAbout, Polling } from '../../../test/support/polling.ts';

let polling: Polling;
beforeEach(() => {
  polling = new Polling();
});
afterEach(() => polling.end());
describe('a poll', () => {
  it('is made at once, and then less and less often while nothing changes', async () => {
    polling.start();
    await elapse(polling.clock, 400_000);
    expect(polling.polledAt[0]).toBe(0);
    expectAbout(polling.intervals().slice(0, 6), [10, 20, 40, 60, 60, 60]);
  });

  it('is made often again as soon as something has changed', async () => {
    polling.start();
    await elapse(polling.clock, 100_000);
    polling.answer = () => Promise.resolve('changed');
    const before = polling.polledAt.length;
    await polling.clock.advance(80_000);
    expectAbout(polling.intervals().slice(before, before + 4), [5, 5, 5, 5]);
  });

  it('is made by nobody once it is stopped, not even what is under way goes on', async () => {
    let told: unknown;
    polling.answer = (signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject((told = signal.reason) as Error));
      });
    const stop = polling.start();
    await settled();
    stop();
    stop();
    await elapse(polling.clock, 1_000_000);
    expect([polling.polledAt.length, told, polling.clock.pending]).toEqual([
      1,
      expect.objectContaining({ name: 'PollingStopped' }),
      0,
    ]);
    expect(polling.captured.lines).toEqual([]);
  });

  it('is not made when it was stopped before it could be, and is when it is started again', async () => {
    polling.start()();
    await settled();
    polling.start();
    await settled();
    expect(polling.polledAt).toEqual([0]);
  });

  it('is a background call with a deadline, of no request', async () => {
    const contexts: (RequestContext | undefined)[] = [];
    const request = new RequestContext('request-1', undefined, 7);
    const poll = (): Promise<PollResult> => {
      contexts.push(currentContext());
      return Promise.resolve('changed');
    };
    runInContext(request, () => polling.start({ poll, deadlineMs: 4_000 }));
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
    expect(() => polling.start(own)).toThrow('Poll board: give an interval from 100 ms');
  });
});
