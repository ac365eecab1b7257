import { describe, expect, it } from '@jest/globals';
import { buildEntry } from '../../../test/support/build-entry.ts';
import { buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { LOOKUP } from '../../../test/support/empty-lookup.ts';
import { keeping } from '../../../test/support/keeping.ts';
import { failure } from '../../../test/support/scripted-send.ts';
import type { Reply } from '../http/call.ts';

const KEPT = buildReply(200, { 'cache-control': 'max-age=60' });

describe('keep', () => {
  it('remembers for a minute that answers are not kept, until one is', async () => {
    const { clock, unstorable, send } = keeping();
    await send(buildReply(200, { 'cache-control': 'no-store' }));
    expect(unstorable.has('key')).toBe(true);
    await send(KEPT);
    expect(unstorable.has('key')).toBe(false);
    await send(buildReply());
    await clock.advance(60_000);
    expect(unstorable.has('key')).toBe(false);
  });

  it.each<[string, Reply | Error, CallParts]>([
    ['HEAD', buildReply(), { method: 'HEAD' }],
    ['a part', buildReply(206), { headers: { range: 'bytes=0-0' } }],
    ['a 503', buildReply(503), {}],
    ['a failure', failure(), {}],
  ])('does not conclude from %s that answers are not kept', async (_what, outcome, parts) => {
    const { unstorable, send } = keeping();
    await send(outcome, parts).catch(() => undefined);
    expect(unstorable.has('key')).toBe(false);
  });

  it.each<[string, CallParts, Reply]>([
    ['a caller that wants nothing kept', { headers: { 'cache-control': 'no-store' } }, KEPT],
    ['a caller with a credential nobody declared', { headers: { authorization: 'Bearer a' } }, KEPT],
    ['a caller that had it already', { headers: { 'if-none-match': '"a"' } }, buildReply(304)],
  ])('does not conclude that either from %s', async (_what, parts, reply) => {
    const { unstorable, send } = keeping();
    await send(reply, parts);
    expect(unstorable.has('key')).toBe(false);
  });

  it('does not conclude that from being asked to come less often', async () => {
    const { unstorable, send } = keeping();
    await send(buildReply(429));
    expect(unstorable.has('key')).toBe(false);
  });

  it('tells the store that there will hardly be anything to keep', async () => {
    const { store, send } = keeping();
    const told: (boolean | undefined)[] = [];
    const reserve = store.reserve.bind(store);
    store.reserve = (tags, isUnlikely?: boolean) => (told.push(isUnlikely), reserve(tags));
    for (const reply of [buildReply(), KEPT, KEPT]) await send(reply);
    expect(told).toEqual([false, true, false]);
  });

  it('does not tell it that where something is stored: what replaces it does so everywhere', async () => {
    const { store, unstorable, send } = keeping();
    const told: (boolean | undefined)[] = [];
    const reserve = store.reserve.bind(store);
    store.reserve = (tags, isUnlikely?: boolean) => (told.push(isUnlikely), reserve(tags));
    unstorable.add('key');
    await send(KEPT, { lookup: { ...LOOKUP, stored: buildEntry() } });
    expect(told).toEqual([false]);
  });

  it('forgets what was stored of them, and nothing else', async () => {
    const { store, send } = keeping();
    const stored = buildEntry({ tags: [] });
    for (const key of ['key', 'key of a variant']) await store.reserve([]).keep(key, stored);
    await send(buildReply(), { lookup: { ...LOOKUP, entryKey: 'key of a variant', stored } });
    expect([store.peek('key of a variant'), store.peek('key')]).toEqual([undefined, stored]);
  });
});
