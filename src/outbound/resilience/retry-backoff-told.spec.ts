import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildOptions, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { failure, scripted } from '../../../test/support/scripted-send.ts';
import type { Ending, Reply } from '../http/call.ts';
import { RetryBudget } from './retry-budget.ts';
import { retry } from './retry.ts';

const options = buildOptions();
const DOWN = buildReply(503, { 'retry-after': '7' });
let clock: FakeClock;
let told: [number, Ending][];

beforeEach(() => {
  clock = new FakeClock();
  told = [];
});

const send = async (parts: CallParts, ...outcomes: (Reply | Error)[]): Promise<void> => {
  const noteBackoff = (until: number, last: Ending): void => void told.push([until, last]);
  const stage = retry(options, { budget: new RetryBudget(options), clock, random: () => 0.5 });
  const ended = stage(scripted(...outcomes).send)(buildCall({ noteBackoff, ...parts })).catch(() => undefined);
  await elapse(clock, 20_000);
  await ended;
};

describe('retry', () => {
  it('tells before each backoff when it will be over, and what it is for', async () => {
    const error = failure();
    await send({}, error, DOWN, buildReply());
    expect(told).toEqual([
      [25, { error }],
      [7_025, { reply: DOWN }],
    ]);
  });

  it.each<[string, CallParts, (Reply | Error)[]]>([
    ['went well', {}, [buildReply()]],
    ['is not repeated', { method: 'POST' }, [DOWN]],
    ['has no attempts left', { operation: { maxAttempts: 1 } }, [DOWN]],
    ['has no time left to wait', { deadlineAt: 7_000 }, [DOWN]],
    ['has been left', { signal: AbortSignal.abort(new Error('left')) }, [DOWN]],
  ])('tells nothing when the call %s', async (_what, parts, outcomes) => {
    await send(parts, ...outcomes);
    expect(told).toEqual([]);
  });
});
