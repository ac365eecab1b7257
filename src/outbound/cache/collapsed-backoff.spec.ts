import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildReply } from '../../../test/support/build-call.ts';
import { answerAfter, collapsed, shareable } from '../../../test/support/collapse-alone.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { failure, hanging, scripted } from '../../../test/support/scripted-send.ts';
import { begin } from '../../../test/support/waiting-call.ts';
import type { Call, Send } from '../http/call.ts';

let clock: FakeClock;

beforeEach(() => void (clock = new FakeClock()));

describe('a call that several wait for, before a backoff', () => {
  /** Fails once, backs off until 500, and then answers. */
  const backingOff =
    (last: Parameters<NonNullable<Call['noteBackoff']>>[1]): Send =>
    (call) => {
      call.noteBackoff?.(500, last);
      return answerAfter(clock, 500, shareable())(call);
    };

  it('tells those who would have left by then how it stands, and the others when it is over', async () => {
    const script = scripted(async (call) => settled().then(() => backingOff({ error: failure() })(call)));
    const send = collapsed(clock, script);
    const [hasty, alsoHasty, patient] = [499, 500, 501].map((deadlineAt) => begin(send, { deadlineAt }).ended);
    await elapse(clock, 1);
    expect(await rejectionOf(hasty!)).toMatchObject({ reason: 'ECONNRESET' });
    expect(await rejectionOf(alsoHasty!)).toMatchObject({ reason: 'ECONNRESET' });
    await elapse(clock, 500);
    expect([(await patient!).status, script.calls.length]).toEqual([200, 1]);
  });

  it('ends when nobody would be left', async () => {
    const script = scripted(async (call) =>
      settled().then(() => (call.noteBackoff?.(500, { reply: buildReply(503) }), hanging(call))),
    );
    const ended = begin(collapsed(clock, script), { deadlineAt: 100 }).ended;
    await settled();
    await settled();
    expect([(await ended).status, script.calls[0]?.signal.aborted, clock.pending]).toEqual([503, true, 0]);
  });

  it('tells them of an answer too, and does not send them to the upstream by themselves', async () => {
    const script = scripted(async (call) => settled().then(() => backingOff({ reply: buildReply(503) })(call)));
    const send = collapsed(clock, script);
    const [, hasty] = [begin(send, { deadlineAt: 900 }).ended, begin(send, { deadlineAt: 100 }).ended];
    await elapse(clock, 1);
    expect(script.calls.length).toBe(1);
    expect((await hasty).status).toBe(503);
  });
});
