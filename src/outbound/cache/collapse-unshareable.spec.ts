import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { failure, scripted } from '../../../test/support/scripted-send.ts';
import { compose, type Call, type Reply, type Send } from '../http/call.ts';
import { CallReceipts } from '../telemetry/call-receipts.ts';
import { cache } from './cache.ts';
import { collapse } from './collapse.ts';
import { keep } from './keep.ts';
import { RecentKeys } from './recent-keys.ts';
import { MemoryStore } from './stores/memory-store.ts';

const NOT_KEPT = buildReply(200, { 'cache-control': 'no-store' });
const KEPT = buildReply(200, { 'cache-control': 'max-age=60' });
let clock: FakeClock;
let calls: Call[];
let waiting: PromiseWithResolvers<Reply>[];
let send: Send;
let store: MemoryStore;

beforeEach(() => {
  clock = new FakeClock();
  [calls, waiting] = [[], []];
  const upstream = scripted((call) => {
    calls.push(call);
    waiting.push(Promise.withResolvers<Reply>());
    return waiting.at(-1)!.promise;
  });
  store = new MemoryStore({ maxEntries: 50, maxBytes: 100_000, maxEntryBytes: 10_000 }, clock);
  const [unstorable, unshareable] = [0, 1].map(() => new RecentKeys({ keepMs: 60_000, maxKeys: 10 }, clock));
  const parts = { store, clock, receipts: new CallReceipts(), unstorable: unstorable!, unshareable: unshareable! };
  send = compose([cache(parts), collapse(parts), keep(parts)], upstream.send);
});

const begin = async (...parts: CallParts[]): Promise<void> => {
  for (const each of parts) void send(buildCall(each)).catch(() => undefined);
  await settled();
};

const answerAll = async (reply: Reply | Error): Promise<void> => {
  for (const each of waiting.splice(0)) {
    if (reply instanceof Error) each.reject(reply);
    else each.resolve(reply);
  }
  await settled();
};

describe('collapse, after an answer that was for one caller only', () => {
  it('never makes such calls wait for each other afterwards, for a minute', async () => {
    await begin({});
    await answerAll(NOT_KEPT);
    await clock.advance(59_999);
    await begin({}, {});
    expect(calls.length).toBe(3);
  });

  it('makes them wait again after that minute', async () => {
    await begin({});
    await answerAll(NOT_KEPT);
    await clock.advance(60_000);
    await begin({}, {});
    expect(calls.length).toBe(2);
  });

  it.each<[string, Reply | Error]>([
    ['a failure', failure()],
    ['a 503', buildReply(503)],
  ])('learns nothing from %s', async (_what, outcome) => {
    await begin({});
    await answerAll(outcome);
    await begin({}, {});
    expect(calls.length).toBe(2);
  });

  it.each<[string, CallParts, Reply]>([
    ['a caller that wants nothing kept', { headers: { 'cache-control': 'no-store' } }, KEPT],
    ['a caller with a credential nobody declared', { headers: { authorization: 'Bearer a' } }, KEPT],
    ['a caller that had it already', { headers: { 'if-none-match': '"a"' } }, buildReply(304)],
  ])('learns nothing for the others from %s', async (_what, parts, reply) => {
    await begin(parts);
    await answerAll(reply);
    await begin({}, {});
    expect(calls.length).toBe(2);
  });

  it('learns nothing from being asked to come less often', async () => {
    await begin({});
    await answerAll(buildReply(429));
    await begin({}, {});
    expect(calls.length).toBe(2);
  });

  it('gives nobody an answer from before an invalidation that they came after', async () => {
    await begin({});
    store.invalidate(['fixture']);
    await begin({});
    await answerAll(KEPT);
    expect(calls.length).toBe(2);
  });
});
