import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { scripted, type ScriptedSend } from '../../../test/support/scripted-send.ts';
import { compose, type Reply, type Send } from '../http/call.ts';
import type { HeaderMap } from '../http/header-map.ts';
import { CallReceipts } from '../telemetry/call-receipts.ts';
import { cache } from './cache.ts';
import { keep } from './keep.ts';
import { RecentKeys } from './recent-keys.ts';
import { MemoryStore } from './stores/memory-store.ts';

const TAGGED = buildReply(200, { 'cache-control': 'max-age=60', etag: '"a"', 'x-old': 'kept', 'x-both': 'old' }, 'one');
let clock: FakeClock;

beforeEach(() => void (clock = new FakeClock()));

const stored = ({ send }: ScriptedSend): Send => {
  const store = new MemoryStore({ maxEntries: 50, maxBytes: 100_000, maxEntryBytes: 10_000 }, clock);
  const unstorable = new RecentKeys({ keepMs: 60_000, maxKeys: 10 }, clock);
  const parts = { store, unstorable, clock, receipts: new CallReceipts() };
  return compose([cache(parts), keep(parts)], send);
};

const ask = async (send: Send, headers: HeaderMap = {}, parts: CallParts = {}): Promise<Reply> =>
  send(buildCall({ headers, ...parts }));

/** Asks, and again when what came is stale. */
const askTwice = async (send: Send, headers: HeaderMap = {}, parts: CallParts = {}): Promise<Reply> => {
  await ask(send);
  await clock.advance(61_000);
  return ask(send, headers, parts);
};

const textOf = ({ status, body }: Reply): string => `${status} ${body.toString()}`;
const notModified = (headers: HeaderMap = {}): Reply => buildReply(304, { etag: '"a"', ...headers });

describe('cache, for those who want less than the whole', () => {
  it('asks by HEAD whether what it has is good, and gives no body', async () => {
    const script = scripted(TAGGED, notModified());
    const send = stored(script);
    expect(textOf(await askTwice(send, {}, { method: 'HEAD' }))).toBe('200 ');
    expect(textOf(await ask(send))).toBe('200 one');
    expect(script.calls.map(({ method }) => method)).toEqual(['GET', 'HEAD']);
  });

  it('keeps nothing of an answer to HEAD, nor forgets anything for it', async () => {
    const script = scripted(buildReply(200, { 'cache-control': 'max-age=60' }), TAGGED);
    const send = stored(script);
    await ask(send, {}, { method: 'HEAD' });
    expect(textOf(await ask(send))).toBe('200 one');
    await clock.advance(61_000);
    const none = scripted(TAGGED, buildReply(200, { 'cache-control': 'no-store' }), notModified());
    const other = stored(none);
    await askTwice(other, {}, { method: 'HEAD' });
    await ask(other);
    expect(none.calls[2]?.headers).toEqual({ 'if-none-match': '"a"' });
  });

  it('passes a range of what is stale on as it is, and keeps neither part nor refusal', async () => {
    const part = buildReply(206, { 'cache-control': 'max-age=60' }, 'n');
    const script = scripted(TAGGED, part, notModified());
    const send = stored(script);
    const answer = await askTwice(send, { range: 'bytes=1-1' });
    expect([textOf(answer), answer.cache]).toEqual(['206 n', { fwd: 'partial' }]);
    expect(script.calls[1]?.headers).toEqual({ range: 'bytes=1-1' });
    expect(textOf(await ask(send))).toBe('200 one');
  });

  it('never gives the refusal of a range to those who want the whole', async () => {
    const refusal = buildReply(416, { 'cache-control': 'max-age=60' });
    const send = stored(scripted(refusal, TAGGED));
    await ask(send, { range: 'bytes=900-' });
    expect(textOf(await ask(send))).toBe('200 one');
  });

  it("does not take a 304 to the caller's own condition for a word on what is stored", async () => {
    const first = buildReply(200, { 'cache-control': 'max-age=60, stale-if-error=600' }, 'one');
    const send = stored(scripted(first, buildReply(304, { etag: '"z"' }), buildReply(503)));
    expect((await askTwice(send, { 'if-none-match': '"z"' })).status).toBe(304);
    expect(textOf(await ask(send))).toBe('200 one');
  });
});
