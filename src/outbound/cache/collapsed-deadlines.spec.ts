import { beforeEach, describe, expect, it } from '@jest/globals';
import { answerAfter, collapsed, shareable } from '../../../test/support/collapse-alone.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { hanging, scripted } from '../../../test/support/scripted-send.ts';
import { begin } from '../../../test/support/waiting-call.ts';

let clock: FakeClock;

beforeEach(() => void (clock = new FakeClock()));

describe('the time that a call has which several wait for', () => {
  it('has the deadline of its operation, whatever its callers have', async () => {
    const script = scripted(answerAfter(clock, 900, shareable()));
    const send = collapsed(clock, script);
    const operation = { callDeadlineMs: 1_000 };
    const [hasty, patient] = [
      { deadlineAt: 100, operation },
      { deadlineAt: 950, operation },
    ].map((one) => begin(send, one));
    await elapse(clock, 99);
    expect(script.calls.map(({ deadlineAt }) => deadlineAt)).toEqual([1_000]);
    await elapse(clock, 1);
    expect(await rejectionOf(hasty!.ended)).toMatchObject({ code: 'upstream_timeout', reason: /deadline passed/ });
    await elapse(clock, 800);
    expect((await patient!.ended).status).toBe(200);
  });

  it('ends each of its callers at the deadline of its own, to the millisecond', async () => {
    const script = scripted(hanging);
    const send = collapsed(clock, script);
    const ends: number[] = [];
    for (const deadlineAt of [30, 10, 20])
      void begin(send, { deadlineAt }).ended.catch(() => void ends.push(clock.now()));
    await elapse(clock, 29);
    expect([ends, script.calls[0]?.signal.aborted]).toEqual([[10, 20], false]);
    await elapse(clock, 1);
    expect([ends, script.calls[0]?.signal.aborted, clock.pending]).toEqual([[10, 20, 30], true, 0]);
  });

  it('is ended, where the last one ran out of time, by that', async () => {
    const script = scripted(hanging);
    const { ended } = begin(collapsed(clock, script), { deadlineAt: 10 });
    await elapse(clock, 10);
    expect(script.calls[0]?.signal.reason).toBe(await rejectionOf(ended));
  });
});
