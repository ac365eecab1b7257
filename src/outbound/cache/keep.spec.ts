import { describe, expect, it } from '@jest/globals';
import { buildEntry } from '../../../test/support/build-entry.ts';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import type { CountingStore } from '../../../test/support/counting-store.ts';
import { LOOKUP } from '../../../test/support/empty-lookup.ts';
import { keeping } from '../../../test/support/keeping.ts';
import { failure, scripted } from '../../../test/support/scripted-send.ts';
import type { Reply, Send } from '../http/call.ts';

const KEPT = buildReply(200, { 'cache-control': 'max-age=60' }, 'kept');

const keptBody = (store: CountingStore): string | undefined => store.peek('key')?.body.toString();

describe('keep', () => {
  it('keeps an answer, and gives it with what it kept', async () => {
    const { store, send } = keeping();
    const reply = await send(KEPT);
    expect([keptBody(store), reply.stored, reply.cache]).toEqual(['kept', store.peek('key'), { stored: true }]);
  });

  it('keeps nothing of a call that the cache let pass', async () => {
    const { store, stage } = keeping();
    const script = scripted(KEPT);
    const reply = await stage(script.send)(buildCall());
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
    const { store, send } = keeping();
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
    const { store, unstorable, send } = keeping();
    await send(KEPT, { read }).catch(() => undefined);
    expect([store.counts.entries, unstorable.has('key')]).toEqual([0, false]);
  });

  it('reads it with what is about to be kept, so that it is parsed once', async () => {
    const { store, send } = keeping();
    const seen: Reply[] = [];
    await send(KEPT, { read: (reply) => void seen.push(reply) });
    expect(seen.map(({ stored }) => stored)).toEqual([store.peek('key')]);
  });

  it('keeps an error without reading it', async () => {
    const { store, send } = keeping();
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
    const { store, send } = keeping();
    const entry = buildEntry();
    const stored = buildEntry({ freshness: { ...entry.freshness, lifetimeMs: 0, staleIfErrorMs } });
    await store.reserve([]).keep('key', stored);
    await send(buildReply(503, { 'cache-control': 'max-age=60' }), { lookup: { ...LOOKUP, stored } });
    expect(store.peek('key')?.status).toBe(status);
  });

  it('counts the time an answer took as part of its age', async () => {
    const { clock, store, send } = keeping();
    await send(async () => {
      await clock.advance(2_000);
      return KEPT;
    });
    expect([store.peek('key')?.ageAt(clock.now()), store.peek('key')?.receivedAt]).toEqual([2_000, 2_000]);
  });

  it('does not keep what was asked for before an invalidation', async () => {
    const { store, send } = keeping();
    await send(() => {
      store.invalidate(['fixture']);
      return Promise.resolve(KEPT);
    });
    expect(store.counts.entries).toBe(0);
    await send(KEPT);
    expect(keptBody(store)).toBe('kept');
  });

  it('does not say that it kept what it did not', async () => {
    const { store, send } = keeping();
    const reply = await send(() => {
      store.invalidate(['fixture']);
      return Promise.resolve(KEPT);
    });
    expect(reply.cache?.stored ?? false).toBe(false);
  });

  it.each(['fixture', 'fixture/getThing', 'fixture/of ann', 'fixture http://upstream.example/things/1'])(
    'lets what it kept be invalidated by %s',
    async (tag) => {
      const { store, send } = keeping();
      await send(KEPT, { tags: ['of ann'] });
      expect([store.invalidate([tag]), store.counts.entries]).toEqual([1, 0]);
    },
  );

  it('owns the body it keeps', async () => {
    const { store, send } = keeping();
    const block = Buffer.alloc(65_536, 'x');
    const reply = await send({ ...KEPT, body: block.subarray(0, 10) });
    block.fill('y');
    expect([keptBody(store), reply.stored?.body.buffer.byteLength]).toEqual(['xxxxxxxxxx', 10]);
  });
});
