import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildOptions, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { failure, scripted, type ScriptedSend } from '../../../test/support/scripted-send.ts';
import type { Call, Reply } from '../http/call.ts';
import { Operation } from '../http/operation.ts';
import { RetryBudget } from './retry-budget.ts';
import { retry } from './retry.ts';

const options = buildOptions();
const DOWN = buildReply(503);
const OK = buildReply(200);
let clock: FakeClock;
let budget: RetryBudget;

beforeEach(() => {
  clock = new FakeClock();
  budget = new RetryBudget(options);
});

const isCall = (parts: CallParts | Call): parts is Call => parts.operation instanceof Operation;

/** Sends a call through the stage, with jitter that always draws `random`. */
const send = ({ send: next }: ScriptedSend, parts: CallParts | Call = {}, random = 0.5): Promise<Reply> => {
  const call = isCall(parts) ? parts : buildCall(parts);
  return retry(options, { budget, clock, random: () => random })(next)(call);
};

describe('retry', () => {
  it.each([
    ['its own backoff where the upstream asks for nothing', DOWN, 0.5, 25],
    ['its own backoff where the upstream asks for less', buildReply(503, { 'retry-after': '0' }), 0.5, 25],
    ['as long as the upstream asks for', buildReply(503, { 'retry-after': '7' }), 0.5, 7_000],
    [
      'until the date the upstream names',
      buildReply(503, { 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' }),
      0.5,
      9_000,
    ],
    ['longer after being throttled', buildReply(429), 0.5, 500],
    ['its own backoff where a throttling upstream asks for less', buildReply(429, { 'retry-after': '0' }), 0.9, 900],
  ])('waits %s', async (_what, answer, random, expectedMs) => {
    const call = buildCall();
    const script = scripted(answer, OK);
    const sent = send(script, call, random);
    await elapse(clock, expectedMs - 1);
    expect(script.calls.length).toBe(1);
    await elapse(clock, 1);
    expect((await sent).status).toBe(200);
    expect(call.receipt.backoffsMs).toEqual([expectedMs]);
  });

  it('doubles its backoff from one attempt to the next', async () => {
    const call = buildCall({ operation: { maxAttempts: 4 } });
    const sent = send(scripted(DOWN, DOWN, DOWN, OK), call);
    await elapse(clock, 1_000);
    await sent;
    expect(call.receipt.backoffsMs).toEqual([25, 50, 100]);
  });

  it('records every attempt, wait and decision', async () => {
    const call = buildCall();
    const sent = send(scripted(failure(), DOWN, OK), call);
    await elapse(clock, 1_000);
    await sent;
    expect(call.receipt).toMatchObject({
      attempts: [
        { startedAtMs: 0, durationMs: 0, error: 'ECONNRESET' },
        { startedAtMs: 25, durationMs: 0, status: 503 },
        { startedAtMs: 75, durationMs: 0, status: 200 },
      ],
      backoffsMs: [25, 50],
      decisions: ['retried: ECONNRESET; GET is safe to repeat here', 'retried: status 503; GET is safe to repeat here'],
    });
  });

  it('pays for retries, and earns by success', async () => {
    const sent = rejectionOf(send(scripted(failure())));
    await elapse(clock, 1_000);
    await sent;
    expect(budget.tokens).toBe(500 - 2 * 14);
    await send(scripted(OK));
    expect(budget.tokens).toBe(500 - 2 * 14 + 1);
  });

  it('lets at most 1,300 attempts through for 1,000 calls to a dead upstream', async () => {
    const script = scripted(failure());
    for (let call = 0; call < 1_000; call += 1) {
      const ended = rejectionOf(send(script, {}, 0));
      await elapse(clock, 0);
      await elapse(clock, 0);
      await ended;
    }
    expect(script.calls.length).toBeGreaterThan(1_000);
    expect(script.calls.length).toBeLessThanOrEqual(1_300);
  });
});
