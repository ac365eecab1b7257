import { beforeEach, describe, expect, it } from '@jest/globals';
import { answerAfter, collapsed, shareable } from '../../../test/support/collapse-alone.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { hanging, scripted } from '../../../test/support/scripted-send.ts';
import { begin } from '../../../test/support/waiting-call.ts';
import { CallerGone } from '../../platform/context/caller-gone.ts';
import type { Send } from '../http/call.ts';

const gone = new CallerGone();
let clock: FakeClock;

beforeEach(() => void (clock = new FakeClock()));

describe('a call that several wait for', () => {
  it.each([0, 1, 2])('goes on for the others when caller %i leaves', async (leaver) => {
    const script = scripted(answerAfter(clock, 50, shareable()));
    const send = collapsed(clock, script);
    const callers = [begin(send), begin(send), begin(send)];
    await elapse(clock, 10);
    callers[leaver]!.leave(gone);
    expect(await rejectionOf(callers[leaver]!.ended)).toBe(gone);
    expect(script.calls[0]?.signal.aborted).toBe(false);
    await elapse(clock, 40);
    const others = callers.filter((_, caller) => caller !== leaver);
    expect((await Promise.all(others.map(({ ended }) => ended))).map(({ status }) => status)).toEqual([200, 200]);
    expect(script.calls.length).toBe(1);
  });

  it('ends when the last one leaves, for the reason that one had, and leaves nothing behind', async () => {
    const script = scripted(hanging, shareable());
    const send = collapsed(clock, script);
    const callers = [begin(send), begin(send)];
    await elapse(clock, 10);
    for (const { leave, ended } of callers) {
      expect(script.calls[0]?.signal.aborted).toBe(false);
      leave(gone);
      await rejectionOf(ended);
    }
    expect(script.calls[0]?.signal.reason).toBe(gone);
    expect(clock.pending).toBe(0);
    expect((await begin(send).ended).status).toBe(200);
  });

  it('is not begun for a caller that has left already', async () => {
    const script = scripted(hanging);
    const ended = begin(collapsed(clock, script), { signal: AbortSignal.abort(gone) }).ended;
    expect([await rejectionOf(ended), script.calls.length]).toEqual([gone, 0]);
  });

  it('fails at once for a caller that has left already', async () => {
    const ended = begin(collapsed(clock, scripted(hanging)), { signal: AbortSignal.abort(gone) }).ended;
    expect(await rejectionOf(ended)).toBe(gone);
  });

  it('listens to no caller any more once it is over', async () => {
    const send = collapsed(clock, scripted(shareable()));
    const signals = [new AbortController().signal, new AbortController().signal];
    const heard = signals.map((signal) => countListeners(signal));
    await Promise.all(signals.map((signal) => begin(send, { signal }).ended));
    expect(heard.map((count) => count())).toEqual([0, 0]);
  });

  // Somebody cancels a call and makes it again, as user interfaces do.
  it('fails nobody who comes just after the last one has left', async () => {
    for (let turns = 0; turns < 20; turns += 1) {
      const send = collapsed(clock, scripted(endingSlowly, shareable()));
      const first = begin(send);
      await settled();
      first.leave(gone);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      const second = begin(send).ended.catch(() => 'failed');
      await elapse(clock, 50);
      expect([turns, await second]).toEqual([turns, expect.objectContaining({ status: 200 })]);
    }
  });
});

/** Answers after a while; when it is aborted, it is over a few turns later, as behind a row of stages. */
const endingSlowly: Send = async (call) => {
  try {
    return await Promise.race([answerAfter(clock, 50, shareable())(call), hanging(call)]);
  } finally {
    for (let turn = 0; turn < 6; turn += 1) await Promise.resolve();
  }
};

/** How often a signal is listened to, now. */
const countListeners = (signal: AbortSignal): (() => number) => {
  let count = 0;
  const { addEventListener: add, removeEventListener: remove } = signal;
  signal.addEventListener = (...all: Parameters<typeof add>) => (add.apply(signal, all), void (count += 1));
  signal.removeEventListener = (...all: Parameters<typeof remove>) => (remove.apply(signal, all), void (count -= 1));
  return () => count;
};
