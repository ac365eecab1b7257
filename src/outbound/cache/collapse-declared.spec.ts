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

const NOT_KEPT = buildReply(200, { 'cache-control': 'no-store' }, 'not kept');
const TOGETHER = { operation: { collapse: true } } as const;

/** An upstream that answers when the test says so, in the order it was asked. */
interface Upstream {
  readonly send: Send;
  readonly calls: readonly Call[];
  answer(outcome: Reply | Error): Promise<void>;
}

let clock: FakeClock;
let upstream: Upstream;
let send: Send;
let store: MemoryStore;

const slowUpstream = (): Upstream => {
  const waiting: PromiseWithResolvers<Reply>[] = [];
  const { send: ask, calls } = scripted(() => {
    const reply = Promise.withResolvers<Reply>();
    waiting.push(reply);
    return reply.promise;
  });
  const answer = async (outcome: Reply | Error): Promise<void> => {
    const next = waiting.shift();
    if (outcome instanceof Error) next?.reject(outcome);
    else next?.resolve(outcome);
    await settled();
  };
  return { send: ask, calls, answer };
};

beforeEach(() => {
  clock = new FakeClock();
  upstream = slowUpstream();
  store = new MemoryStore({ maxEntries: 50, maxBytes: 100_000, maxEntryBytes: 10_000 }, clock);
  const [unstorable, unshareable] = [0, 1].map(() => new RecentKeys({ keepMs: 60_000, maxKeys: 10 }, clock));
  const parts = { store, clock, receipts: new CallReceipts(), unstorable: unstorable!, unshareable: unshareable! };
  send = compose([cache(parts), collapse(parts), keep(parts)], upstream.send);
});

/** Begins calls at the same time. */
const begin = async (...parts: CallParts[]): Promise<Promise<Reply>[]> => {
  const begun = parts.map((each) => send(buildCall(each)));
  for (const each of begun) each.catch(() => undefined);
  await settled();
  return begun;
};

const textsOf = async (begun: Promise<Reply>[]): Promise<string[]> =>
  (await Promise.all(begun)).map(({ body }) => body.toString());

describe('collapse, where the operation says so', () => {
  it('shares what cannot be kept where the operation says so, also without a cache', async () => {
    const alone = { operation: { collapse: true, cache: 'off' } } as const;
    const begun = await begin(TOGETHER, TOGETHER, { ...alone, path: '/2' }, { ...alone, path: '/2' });
    await upstream.answer(NOT_KEPT);
    await upstream.answer(NOT_KEPT);
    expect([new Set(await textsOf(begun)).size, upstream.calls.length]).toEqual([1, 2]);
  });

  it('does so time after time: such calls are not remembered as unshareable', async () => {
    for (const expected of [1, 2]) {
      void (await begin(TOGETHER, TOGETHER));
      expect(upstream.calls.length).toBe(expected);
      await upstream.answer(NOT_KEPT);
    }
  });

  it('says so also of an operation whose cache is off', async () => {
    const alone = { operation: { collapse: true, cache: 'off' } } as const;
    const [, joined] = await begin(alone, alone);
    await upstream.answer(NOT_KEPT);
    expect((await joined!).cache).toEqual({ fwd: 'bypass', collapsed: true });
  });

  it.each(['authorization', 'cookie', 'range', 'if-none-match'])(
    'gives nobody what cannot be kept and was asked for with another %s, whatever the operation says',
    async (name) => {
      const [one, other] = ['a', 'b'].map((value) => ({ ...TOGETHER, headers: { [name]: value } }));
      void (await begin(one!, other!, one!, { ...TOGETHER, headers: {} }));
      await upstream.answer(NOT_KEPT);
      expect(upstream.calls.map(({ headers }) => headers[name])).toEqual(['a', 'b', undefined]);
    },
  );

  it('lets nobody wait for the answer to a call with another body', async () => {
    void (await begin({ ...TOGETHER, body: 'one' }, { ...TOGETHER, body: 'other' }));
    expect(upstream.calls.length).toBe(2);
  });

  it.each<[string, Reply['headers'], CallParts]>([
    ['a cookie', { 'cache-control': 'max-age=60', 'set-cookie': 'sid=1' }, {}],
    ['a header that is private', { 'cache-control': 'max-age=60, private="x-own"', 'x-own': '1' }, {}],
    ['a cookie of what is not kept', { 'cache-control': 'no-store', 'set-cookie': 'sid=1' }, TOGETHER],
  ])('gives those who joined not also %s', async (_what, headers, parts) => {
    const [, joined] = await begin(parts, parts);
    await upstream.answer(buildReply(200, headers));
    const { 'set-cookie': cookie, 'x-own': own } = (await joined!).headers;
    expect([cookie, own]).toEqual([undefined, undefined]);
  });

  it('gives nobody an answer from before an invalidation that they came after', async () => {
    await begin(TOGETHER).then(() => store.invalidate(['fixture']));
    void (await begin(TOGETHER));
    expect(upstream.calls.length).toBe(2);
  });
});
