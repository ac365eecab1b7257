import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { hanging, scripted, type ScriptedSend } from '../../../test/support/scripted-send.ts';
import { CallerGone } from '../../platform/context/caller-gone.ts';
import type { Reply, Send } from '../http/call.ts';
import { CacheEntry } from './cache-entry.ts';
import { collapse } from './collapse.ts';
import { RecentKeys } from './recent-keys.ts';
import { MemoryStore } from './stores/memory-store.ts';

const gone = new CallerGone();
let clock: FakeClock;

beforeEach(() => void (clock = new FakeClock()));

const collapsed = ({ send }: ScriptedSend): Send => {
  const store = new MemoryStore({ maxEntries: 10, maxBytes: 100_000, maxEntryBytes: 10_000 }, clock);
  const parts = { clock, store, unshareable: new RecentKeys({ keepMs: 60_000, maxKeys: 10 }, clock) };
  return collapse(parts)(send);
};

/** As the cache lets a call go on; with a signal of its own. */
const begin = (send: Send, parts: CallParts = {}) => {
  const controller = new AbortController();
  const lookup = { key: 'key', entryKey: 'key', stored: undefined, validates: false };
  const ended = send(buildCall({ lookup, signal: controller.signal, ...parts }));
  ended.catch(() => undefined);
  return { ended, leave: (): void => controller.abort(gone) };
};

/** An answer that can be shared. */
const shareable = (): Reply => {
  const freshness = { lifetimeMs: 60_000, browserLifetimeMs: 0, staleWhileRevalidateMs: 0, staleIfErrorMs: 0 };
  const parts = {
    status: 200,
    headers: {},
    body: Buffer.alloc(0),
    initialAgeMs: 0,
    receivedAt: 0,
    keepMs: 60_000,
    tags: [],
  };
  return { ...buildReply(), stored: new CacheEntry({ ...parts, freshness: { ...freshness, mayServeStale: true } }) };
};

const answerAfter =
  (delayMs: number, outcome: Reply): Send =>
  () =>
    new Promise((resolve) => void clock.schedule(() => resolve(outcome), delayMs));

describe('a call that several wait for', () => {
  it.each([0, 1, 2])('goes on for the others when caller %i leaves', async (leaver) => {
    const script = scripted(answerAfter(50, shareable()));
    const send = collapsed(script);
    const callers = [begin(send), begin(send), begin(send)];
    await elapse(clock, 10);
    callers[leaver]!.leave();
    expect(await rejectionOf(callers[leaver]!.ended)).toBe(gone);
    expect(script.calls[0]?.signal.aborted).toBe(false);
    await elapse(clock, 40);
    const others = callers.filter((_, caller) => caller !== leaver);
    expect((await Promise.all(others.map(({ ended }) => ended))).map(({ status }) => status)).toEqual([200, 200]);
    expect(script.calls.length).toBe(1);
  });

  it('ends when the last one leaves, for the reason that one had, and leaves nothing behind', async () => {
    const script = scripted(hanging, shareable());
    const send = collapsed(script);
    const callers = [begin(send), begin(send)];
    await elapse(clock, 10);
    for (const { leave, ended } of callers) {
      expect(script.calls[0]?.signal.aborted).toBe(false);
      leave();
      await rejectionOf(ended);
    }
    expect(script.calls[0]?.signal.reason).toBe(gone);
    expect(clock.pending).toBe(0);
    expect((await begin(send).ended).status).toBe(200);
  });

  it('is not begun for a caller that has left already', async () => {
    const script = scripted(hanging);
    const ended = begin(collapsed(script), { signal: AbortSignal.abort(gone) }).ended;
    expect([await rejectionOf(ended), script.calls.length]).toEqual([gone, 0]);
  });

  it('fails at once for a caller that has left already', async () => {
    const ended = begin(collapsed(scripted(hanging)), { signal: AbortSignal.abort(gone) }).ended;
    expect(await rejectionOf(ended)).toBe(gone);
  });

  it('listens to no caller any more once it is over', async () => {
    const send = collapsed(scripted(shareable()));
    const signals = [new AbortController().signal, new AbortController().signal];
    const heard = signals.map((signal) => countListeners(signal));
    await Promise.all(signals.map((signal) => begin(send, { signal }).ended));
    expect(heard.map((count) => count())).toEqual([0, 0]);
  });

  // Somebody cancels a call and makes it again, as user interfaces do.
  it('fails nobody who comes just after the last one has left', async () => {
    for (let turns = 0; turns < 20; turns += 1) {
      const send = collapsed(scripted(endingSlowly, shareable()));
      const first = begin(send);
      await settled();
      first.leave();
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
    return await Promise.race([answerAfter(50, shareable())(call), hanging(call)]);
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
