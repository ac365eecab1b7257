import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
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

describe('the time that a call has which several wait for', () => {
  it('has the deadline of its operation, whatever its callers have', async () => {
    const script = scripted(answerAfter(900, shareable()));
    const send = collapsed(script);
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
    const send = collapsed(script);
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
    const { ended } = begin(collapsed(script), { deadlineAt: 10 });
    await elapse(clock, 10);
    expect(script.calls[0]?.signal.reason).toBe(await rejectionOf(ended));
  });
});
