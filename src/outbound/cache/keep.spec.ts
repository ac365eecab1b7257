import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildEntry } from '../../../test/contracts/build-entry.ts';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { failure, scripted } from '../../../test/support/scripted-send.ts';
import type { Reply, Send } from '../http/call.ts';
import { keep } from './keep.ts';
import { RecentKeys } from './recent-keys.ts';
import type { Reservation } from './stores/cache-store.ts';
import { MemoryStore } from './stores/memory-store.ts';

const KEPT = buildReply(200, { 'cache-control': 'max-age=60' }, 'kept');
const LOOKUP = { key: 'key', entryKey: 'key', stored: undefined, validates: false };
let clock: FakeClock;
let store: CountingStore;
let unstorable: RecentKeys;

/** Knows how many reservations are still held. */
class CountingStore extends MemoryStore {
  held = 0;

  override reserve(tags: readonly string[]): ReturnType<MemoryStore['reserve']> {
    this.held += 1;
    const reservation = super.reserve(tags);
    return { ...reservation, release: () => void (this.held -= 1) } satisfies Reservation;
  }
}

beforeEach(() => {
  clock = new FakeClock();
  store = new CountingStore({ maxEntries: 50, maxBytes: 100_000, maxEntryBytes: 10_000 }, clock);
  unstorable = new RecentKeys({ keepMs: 60_000, maxKeys: 10 }, clock);
});

const send = async (outcome: Reply | Error | Send, parts: CallParts = {}): Promise<Reply> =>
  keep({ store, clock, unstorable })(scripted(outcome).send)(buildCall({ lookup: LOOKUP, ...parts }));

const keptBody = (): string | undefined => store.peek('key')?.body.toString();

describe('keep', () => {
  it('keeps an answer, and gives it with what it kept', async () => {
    const reply = await send(KEPT);
    expect([keptBody(), reply.stored, reply.cache]).toEqual(['kept', store.peek('key'), { stored: true }]);
  });

  it('keeps nothing of a call that the cache let pass', async () => {
    const script = scripted(KEPT);
    const reply = await keep({ store, clock, unstorable })(script.send)(buildCall());
    expect([reply, store.counts.entries, store.held]).toEqual([KEPT, 0, 0]);
  });

  it.each<[string, Reply | Error | Send, CallParts]>([
    ['an answer that is kept', KEPT, {}],
    ['one that is not', buildReply(), {}],
    ['an error', failure(), {}],
    [
      'one that cannot be read',
      KEPT,
      {
        read: () => {
          throw failure();
        },
      },
    ],
  ])('holds no reservation after %s', async (_what, outcome, parts) => {
    await send(outcome, parts).catch(() => undefined);
    expect(store.held).toBe(0);
  });

  it.each([
    [
      'throws',
      () => {
        throw failure();
      },
    ],
    ['rejects', () => Promise.reject(failure())],
  ])('keeps nothing when reading it %s', async (_how, read) => {
    await send(KEPT, { read }).catch(() => undefined);
    expect([store.counts.entries, unstorable.has('key')]).toEqual([0, false]);
  });

  it('reads it with what is about to be kept, so that it is parsed once', async () => {
    const seen: Reply[] = [];
    await send(KEPT, { read: (reply) => void seen.push(reply) });
    expect(seen.map(({ stored }) => stored)).toEqual([store.peek('key')]);
  });

  it('keeps an error without reading it', async () => {
    const missing = buildReply(404, { 'cache-control': 'max-age=60' });
    await send(missing, {
      read: () => {
        throw failure();
      },
    });
    expect(store.peek('key')?.status).toBe(404);
  });

  it.each([
    ['puts an error that may be kept in the place of what is of no more use', 0, 503],
    ['keeps no error in the place of what can still stand in for it', 60_000, 200],
  ])('%s', async (_what, staleIfErrorMs, status) => {
    const entry = buildEntry();
    const stored = buildEntry({ freshness: { ...entry.freshness, lifetimeMs: 0, staleIfErrorMs } });
    await store.reserve([]).keep('key', stored);
    await send(buildReply(503, { 'cache-control': 'max-age=60' }), { lookup: { ...LOOKUP, stored } });
    expect(store.peek('key')?.status).toBe(status);
  });

  it('counts the time an answer took as part of its age', async () => {
    await send(async () => {
      await clock.advance(2_000);
      return KEPT;
    });
    expect([store.peek('key')?.ageAt(clock.now()), store.peek('key')?.receivedAt]).toEqual([2_000, 2_000]);
  });

  it('does not keep what was asked for before an invalidation', async () => {
    await send(() => {
      store.invalidate(['fixture']);
      return Promise.resolve(KEPT);
    });
    expect(store.counts.entries).toBe(0);
    await send(KEPT);
    expect(keptBody()).toBe('kept');
  });

  it('does not say that it kept what it did not', async () => {
    const reply = await send(() => {
      store.invalidate(['fixture']);
      return Promise.resolve(KEPT);
    });
    expect(reply.cache?.stored ?? false).toBe(false);
  });

  it.each(['fixture', 'fixture/getThing', 'fixture/of ann', 'fixture http://upstream.example/things/1'])(
    'lets what it kept be invalidated by %s',
    async (tag) => {
      await send(KEPT, { tags: ['of ann'] });
      expect([store.invalidate([tag]), store.counts.entries]).toEqual([1, 0]);
    },
  );

  it('owns the body it keeps', async () => {
    const block = Buffer.alloc(65_536, 'x');
    const reply = await send({ ...KEPT, body: block.subarray(0, 10) });
    block.fill('y');
    expect([keptBody(), reply.stored?.body.buffer.byteLength]).toEqual(['xxxxxxxxxx', 10]);
  });
});
