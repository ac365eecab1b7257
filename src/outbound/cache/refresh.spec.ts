import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { failure, scripted, type ScriptedSend } from '../../../test/support/scripted-send.ts';
import { compose, type Reply, type Send } from '../http/call.ts';
import type { CallReceipt } from '../telemetry/call-receipt.ts';
import { CallReceipts } from '../telemetry/call-receipts.ts';
import { cache } from './cache.ts';
import { collapse } from './collapse.ts';
import { keep } from './keep.ts';
import { RecentKeys } from './recent-keys.ts';
import { MemoryStore } from './stores/memory-store.ts';

const SAID = { 'cache-control': 'max-age=60, stale-while-revalidate=60' };
const [OLD, NEW] = [buildReply(200, { ...SAID, etag: '"a"' }, 'old'), buildReply(200, SAID, 'new')];
let clock: FakeClock;
let published: CallReceipt[];

beforeEach(() => {
  clock = new FakeClock();
  published = [];
});

const stored = ({ send }: ScriptedSend): Send => {
  const store = new MemoryStore({ maxEntries: 50, maxBytes: 100_000, maxEntryBytes: 10_000 }, clock);
  const receipts = new CallReceipts();
  receipts.listen((receipt) => void published.push(receipt));
  const [unstorable, unshareable] = [0, 1].map(() => new RecentKeys({ keepMs: 60_000, maxKeys: 10 }, clock));
  const parts = { store, clock, receipts, unstorable: unstorable!, unshareable: unshareable! };
  return compose([cache(parts), collapse(parts), keep(parts)], send);
};

/** What a caller gets a second after it went stale. */
const askStale = async (send: Send, parts: CallParts = {}): Promise<Reply> => {
  await send(buildCall());
  await clock.advance(61_000);
  return send(buildCall(parts));
};

const textOf = ({ body }: Reply): string => body.toString();

describe('what is stale, but may be served while it is fetched anew', () => {
  it('is served at once, and is new the next time', async () => {
    const script = scripted(OLD, NEW);
    const send = stored(script);
    const stale = await askStale(send);
    expect([textOf(stale), stale.cache]).toEqual(['old', { ttlMs: -1_000, detail: 'stale-while-revalidate' }]);
    await settled();
    const next = await send(buildCall());
    expect([textOf(next), next.cache, script.calls.length]).toEqual(['new', { ttlMs: 60_000 }, 2]);
    expect(script.calls[1]?.headers).toEqual({ 'if-none-match': '"a"' });
  });

  it('is fetched once, however many ask for it meanwhile', async () => {
    const script = scripted(OLD, async () => settled().then(() => NEW));
    const send = stored(script);
    await askStale(send);
    const served = await Promise.all(Array.from({ length: 50 }, () => send(buildCall())));
    await elapse(clock, 1);
    expect([new Set(served.map(textOf)), script.calls.length]).toEqual([new Set(['old']), 2]);
    expect(published).toHaveLength(1);
  });

  it('is not served to those who want it validated, who wait for the same call', async () => {
    const script = scripted(OLD, async () => settled().then(() => NEW));
    const send = stored(script);
    await askStale(send);
    const asked = await send(buildCall({ headers: { 'cache-control': 'max-age=10' } }));
    expect([textOf(asked), asked.cache?.collapsed, script.calls.length]).toEqual(['new', true, 2]);
  });

  it('is not served once its time is over', async () => {
    const send = stored(scripted(OLD, NEW));
    await send(buildCall());
    await clock.advance(120_000);
    expect(textOf(await send(buildCall()))).toBe('new');
  });

  it.each<[string, Reply | Error]>([
    ['a failure', failure()],
    ['a 503', buildReply(503)],
    ['a mistake of ours', new TypeError('ours')],
  ])('outlives %s, is served on, and fetched again a second later', async (_what, outcome) => {
    const script = scripted(OLD, outcome, NEW);
    const send = stored(script);
    await askStale(send);
    await elapse(clock, 999);
    await send(buildCall());
    await elapse(clock, 1);
    expect(script.calls.length).toBe(2);
    expect(textOf(await send(buildCall()))).toBe('old');
    await settled();
    expect([textOf(await send(buildCall())), script.calls.length]).toEqual(['new', 3]);
  });

  it('is read once, before anybody asks for it', async () => {
    const read: string[] = [];
    const send = stored(scripted(OLD, NEW));
    await askStale(send, { read: (reply) => void read.push(textOf(reply)) });
    await settled();
    expect(read.filter((text) => text === 'new')).toEqual(['new']);
  });
});
