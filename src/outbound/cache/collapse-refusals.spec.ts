import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { scripted } from '../../../test/support/scripted-send.ts';
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

/** The head of the first call's answer arrives; its body does not yet. */
const showHead = async ({ status, headers }: Reply): Promise<void> => {
  calls[0]?.noteHead?.(status, headers);
  await settled();
};

const answerAll = async (reply: Reply): Promise<void> => {
  for (const each of waiting.splice(0)) each.resolve(reply);
  await settled();
};

describe('collapse, when an answer turns out to be for one caller only', () => {
  it('lets those who wait go on by themselves as soon as its head is there', async () => {
    await begin({}, {}, {});
    await showHead(NOT_KEPT);
    expect(calls.length).toBe(3);
  });

  it('says so in their receipts', async () => {
    const joined = buildCall();
    await begin({});
    void send(joined);
    await settled();
    await showHead(NOT_KEPT);
    expect(joined.receipt.decisions).toEqual(['not collapsed: the answer is for one caller only']);
  });

  it('does not let those wait either who come while its body is under way', async () => {
    await begin({}, {});
    await showHead(NOT_KEPT);
    await begin({});
    expect(calls.length).toBe(3);
  });

  it('nor when nobody waited as its head came', async () => {
    await begin({});
    await showHead(NOT_KEPT);
    await begin({});
    expect(calls.length).toBe(2);
  });

  it.each(['max-age=0', 'no-cache'])('lets them go on at once when it is to be validated: %s', async (said) => {
    await begin({}, {});
    await showHead(buildReply(200, { 'cache-control': said, etag: '"a"' }));
    expect(calls.length).toBe(2);
  });

  it.each<[string, Reply, CallParts]>([
    ['it can be kept', KEPT, {}],
    ['it is interim', buildReply(103), {}],
    ['it is an error, which may yet be repeated', buildReply(503), {}],
    ['it confirms what is stored', buildReply(304), {}],
    ['the operation shares all', NOT_KEPT, { operation: { collapse: true } }],
  ])('lets them wait on when %s', async (_why, head, parts) => {
    await begin(parts, parts);
    await showHead(head);
    expect(calls.length).toBe(1);
  });

  it('tells whoever else wants to know of the head', async () => {
    const heads: number[] = [];
    await begin({ noteHead: (status) => void heads.push(status) });
    await showHead(buildReply(103));
    await showHead(NOT_KEPT);
    expect(heads).toEqual([103, 200]);
  });

  it('lets them go on when there was no telling by the head', async () => {
    await begin({}, {});
    await answerAll(buildReply(404, { 'cache-control': 'no-store' }));
    expect(calls.length).toBe(2);
  });

  it.each<Reply['headers']>([
    { 'cache-control': 'no-cache', etag: '"a"' },
    { 'cache-control': 'max-age=10', etag: '"a"', age: '10' },
  ])('lets them go on when it would have to be validated for them: %j', async (headers) => {
    await begin({}, {});
    await answerAll(buildReply(200, headers));
    expect(calls.length).toBe(2);
  });

  it('never makes those wait for each other who are known to want different variants', async () => {
    await begin({ headers: { accept: 'x' } });
    await answerAll(buildReply(200, { 'cache-control': 'max-age=60', vary: 'accept' }));
    await begin({ headers: { accept: 'y' } }, { headers: { accept: 'z' } }, { headers: { accept: 'y' } });
    expect(calls.length).toBe(3);
  });
});
