import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { failure, hanging, scripted } from '../../../test/support/scripted-send.ts';
import { compose, type Send } from '../http/call.ts';
import { attemptTimeout } from './attempt-timeout.ts';
import { deadline } from './deadline.ts';

const reason = new Error('the caller left');
let clock: FakeClock;

beforeEach(async () => {
  clock = new FakeClock();
  await clock.advance(5_000);
});

/** A call's deadline around the time of one attempt, as in the standard order. */
const timed = (next: Send): Send => compose([deadline(clock), attemptTimeout(clock)], next);

/** How a call ends that hangs: fails when that is not, to the millisecond, `expectedMs` from now. */
const endAfter = async (parts: CallParts, expectedMs: number): Promise<unknown> => {
  let hasEnded = false;
  const ended = rejectionOf(timed(hanging)(buildCall(parts))).finally(() => (hasEnded = true));
  await elapse(clock, expectedMs - 1);
  expect(hasEnded).toBe(false);
  await elapse(clock, 1);
  expect(hasEnded).toBe(true);
  expect(clock.pending).toBe(0);
  return ended;
};

describe('deadline and attemptTimeout', () => {
  it.each([
    ['the call by its operation', { operation: { callDeadlineMs: 700 } }, 700, /the call's deadline passed/],
    [
      'the call by its request, when that is nearer',
      { deadlineAt: 5_300, operation: { callDeadlineMs: 700 } },
      300,
      /deadline passed/,
    ],
    [
      'the attempt by its operation',
      { operation: { attemptTimeoutMs: 400 } },
      400,
      /the attempt took longer than 400 ms/,
    ],
    ['the attempt by its provider', {}, 10_000, /the attempt took longer than 10000 ms/],
    [
      'the attempt just before the call',
      { operation: { attemptTimeoutMs: 400, callDeadlineMs: 401 } },
      400,
      /the attempt took/,
    ],
    [
      'the call just before the attempt',
      { operation: { attemptTimeoutMs: 400, callDeadlineMs: 399 } },
      399,
      /deadline passed/,
    ],
  ])('end %s, to the millisecond', async (_what, parts, expectedMs, why) => {
    expect(await endAfter(parts, expectedMs)).toMatchObject({
      code: 'upstream_timeout',
      reason: expect.stringMatching(why),
    });
  });

  it('give each attempt its full time', async () => {
    await endAfter({ operation: { attemptTimeoutMs: 400 } }, 400);
    await endAfter({ operation: { attemptTimeoutMs: 400 } }, 400);
  });

  it.each([5_000, 4_999, 0])('send nothing when the deadline was %i and it is 5,000', async (deadlineAt) => {
    const script = scripted(buildReply());
    expect(await rejectionOf(timed(script.send)(buildCall({ deadlineAt })))).toMatchObject({
      code: 'upstream_timeout',
    });
    expect([script.calls.length, clock.pending]).toEqual([0, 0]);
  });

  it('send nothing for a caller that has left already', async () => {
    const script = scripted(buildReply());
    expect(await rejectionOf(timed(script.send)(buildCall({ signal: AbortSignal.abort(reason) })))).toBe(reason);
    expect([script.calls.length, clock.pending]).toEqual([0, 0]);
  });

  it('pass the abort of the caller on with its reason, and leave no timer', async () => {
    const controller = new AbortController();
    const script = scripted(hanging);
    const ended = rejectionOf(timed(script.send)(buildCall({ signal: controller.signal })));
    await elapse(clock, 10);
    controller.abort(reason);
    expect(await ended).toBe(reason);
    expect([script.calls[0]?.signal.reason, clock.pending]).toEqual([reason, 0]);
  });

  it('abort what they passed on when its time is over, with the error the call fails with', async () => {
    const script = scripted(hanging);
    const ended = rejectionOf(timed(script.send)(buildCall({ operation: { attemptTimeoutMs: 400 } })));
    await elapse(clock, 400);
    expect(script.calls[0]?.signal.reason).toBe(await ended);
  });

  it.each([
    ['an answer', buildReply()],
    ['a failure', failure()],
  ])('pass %s on, and leave no timer', async (_what, outcome) => {
    const passedOn = timed(scripted(outcome).send)(buildCall()).catch((error: unknown) => error);
    expect(await passedOn).toBe(outcome);
    expect(clock.pending).toBe(0);
  });

  it('tell the stages inside when the call has to be over', async () => {
    const script = scripted(buildReply());
    await timed(script.send)(buildCall({ operation: { callDeadlineMs: 700 } }));
    expect(script.calls[0]?.deadlineAt).toBe(5_700);
  });
});
