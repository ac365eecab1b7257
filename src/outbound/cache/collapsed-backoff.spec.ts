import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildReply } from '../../../test/support/build-call.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { failure, hanging, scripted, type ScriptedSend } from '../../../test/support/scripted-send.ts';
import type { Call, Reply, Send } from '../http/call.ts';
import { CacheEntry } from './cache-entry.ts';
import { collapse } from './collapse.ts';
import { RecentKeys } from './recent-keys.ts';
import { MemoryStore } from './stores/memory-store.ts';

let clock: FakeClock;

beforeEach(() => void (clock = new FakeClock()));

const collapsed = ({ send }: ScriptedSend): Send => {
  const store = new MemoryStore({ maxEntries: 10, maxBytes: 100_000, maxEntryBytes: 10_000 }, clock);
  const parts = { clock, store, unshareable: new RecentKeys({ keepMs: 60_000, maxKeys: 10 }, clock) };
  return collapse(parts)(send);
};

/** As the cache lets a call go on. */
const begin = (send: Send, deadlineAt: number): Promise<Reply> => {
  const lookup = { key: 'key', entryKey: 'key', stored: undefined, validates: false };
  const ended = send(buildCall({ lookup, deadlineAt }));
  ended.catch(() => undefined);
  return ended;
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

describe('a call that several wait for, before a backoff', () => {
  /** Fails once, backs off until 500, and then answers. */
  const backingOff =
    (last: Parameters<NonNullable<Call['noteBackoff']>>[1]): Send =>
    (call) => {
      call.noteBackoff?.(500, last);
      return answerAfter(500, shareable())(call);
    };

  it('tells those who would have left by then how it stands, and the others when it is over', async () => {
    const script = scripted(async (call) => settled().then(() => backingOff({ error: failure() })(call)));
    const send = collapsed(script);
    const [hasty, alsoHasty, patient] = [499, 500, 501].map((deadlineAt) => begin(send, deadlineAt));
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
    const ended = begin(collapsed(script), 100);
    await settled();
    await settled();
    expect([(await ended).status, script.calls[0]?.signal.aborted, clock.pending]).toEqual([503, true, 0]);
  });

  it('tells them of an answer too, and does not send them to the upstream by themselves', async () => {
    const script = scripted(async (call) => settled().then(() => backingOff({ reply: buildReply(503) })(call)));
    const send = collapsed(script);
    const [, hasty] = [begin(send, 900), begin(send, 100)];
    await elapse(clock, 1);
    expect(script.calls.length).toBe(1);
    expect((await hasty).status).toBe(503);
  });
});
