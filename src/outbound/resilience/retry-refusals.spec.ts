import { beforeEach, describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { buildCall, buildOptions, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { failure, hanging, scripted, type ScriptedSend } from '../../../test/support/scripted-send.ts';
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

describe('retry, when it must not repeat', () => {
  it.each([
    ['a POST without a key', { method: 'POST' }, DOWN],
    ['a stream, which can be sent once only', { method: 'PUT', body: Readable.from(['x']) }, DOWN],
    ['a stream answered with status 500', { method: 'PUT', body: Readable.from(['x']) }, buildReply(500)],
    ['an operation that allows one attempt', { operation: { maxAttempts: 1 } }, DOWN],
    ['a clear no', {}, buildReply(404)],
    ['a success', {}, OK],
  ])('makes one attempt for %s', async (_what, parts, answer) => {
    const script = scripted(answer);
    const sent = send(script, parts);
    await elapse(clock, 60_000);
    expect((await sent).status).toBe(answer.status);
    expect(script.calls.length).toBe(1);
  });

  it('stops at its number of attempts and ends with the last error', async () => {
    const last = failure({ reason: 'the third' });
    const script = scripted(failure(), failure(), last, OK);
    const ended = rejectionOf(send(script));
    await elapse(clock, 60_000);
    expect(await ended).toBe(last);
    expect(script.calls.length).toBe(3);
  });

  it.each(['circuit_open', 'overloaded'] as const)(
    'ends with the last real error when the next attempt is refused (%s)',
    async (code) => {
      const real = failure({ reason: 'the real one' });
      const script = scripted(real, failure({ code, sent: false }));
      const ended = rejectionOf(send(script));
      await elapse(clock, 60_000);
      expect(await ended).toBe(real);
      expect(script.calls.length).toBe(2);
    },
  );

  it('ends with the last real answer when the next attempt is refused', async () => {
    const script = scripted(DOWN, failure({ code: 'circuit_open', sent: false }));
    const sent = send(script);
    await elapse(clock, 60_000);
    expect(await sent).toBe(DOWN);
  });

  it('ends with the refusal when there was nothing before it', async () => {
    const refused = failure({ code: 'circuit_open', sent: false });
    expect(await rejectionOf(send(scripted(refused)))).toBe(refused);
  });

  it('fails now when the Retry-After does not fit the deadline, and says so', async () => {
    const call = buildCall({ deadlineAt: 2_000 });
    const asked = buildReply(503, { 'retry-after': '2' });
    expect(await send(scripted(asked, OK), call)).toBe(asked);
    expect([clock.now(), clock.pending]).toEqual([0, 0]);
    expect(call.receipt.decisions).toEqual(['not retried: a wait of 2000 ms does not fit the deadline']);
  });

  it('ends with what it has when the budget is spent, and says so', async () => {
    for (let spent = 0; spent < 35; spent += 1) budget.tryAcquire(false)?.release(false);
    const call = buildCall();
    expect(await send(scripted(DOWN, OK), call)).toBe(DOWN);
    expect(call.receipt.decisions).toEqual(['not retried: the retry budget is spent']);
  });
});

describe('retry, when the call is aborted', () => {
  const reason = new Error('the caller left');

  it('settles at once with the reason during a backoff, leaving no timer and no permit', async () => {
    const controller = new AbortController();
    const script = scripted(DOWN, OK);
    const ended = rejectionOf(send(script, { signal: controller.signal }));
    await elapse(clock, 10);
    expect(clock.pending).toBe(1);
    controller.abort(reason);
    expect(await ended).toBe(reason);
    expect([script.calls.length, clock.now(), clock.pending]).toEqual([1, 10, 0]);
    for (let retries = 0; retries < 3; retries += 1) expect(budget.tryAcquire(false)).toBeDefined();
  });

  it('makes no further attempt after one that was cut short', async () => {
    const controller = new AbortController();
    const script = scripted(hanging, OK);
    const ended = rejectionOf(send(script, { signal: controller.signal }));
    controller.abort(reason);
    expect(await ended).toBe(reason);
    expect(script.calls.length).toBe(1);
  });

  it('makes no further attempt when the deadline cut one short', async () => {
    const controller = new AbortController();
    const expired = failure({ code: 'upstream_timeout' });
    const script = scripted(hanging, OK);
    const call = buildCall({ signal: controller.signal });
    const ended = rejectionOf(send(script, call));
    controller.abort(expired);
    expect(await ended).toBe(expired);
    expect(script.calls.length).toBe(1);
    expect(call.receipt.decisions).toEqual(['not retried: the call has ended']);
  });
});
