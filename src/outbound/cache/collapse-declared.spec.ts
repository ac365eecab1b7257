import { describe, expect, it } from '@jest/globals';
import { buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { collapsing } from '../../../test/support/collapsing.ts';
import type { Reply } from '../http/call.ts';

const NOT_KEPT = buildReply(200, { 'cache-control': 'no-store' }, 'not kept');
const TOGETHER = { operation: { collapse: true } } as const;

const textsOf = async (begun: Promise<Reply>[]): Promise<string[]> =>
  (await Promise.all(begun)).map(({ body }) => body.toString());

describe('collapse, where the operation says so', () => {
  it('shares what cannot be kept where the operation says so, also without a cache', async () => {
    const { upstream, begin } = collapsing();
    const alone = { operation: { collapse: true, cache: 'off' } } as const;
    const begun = await begin(TOGETHER, TOGETHER, { ...alone, path: '/2' }, { ...alone, path: '/2' });
    await upstream.answer(NOT_KEPT);
    await upstream.answer(NOT_KEPT);
    expect([new Set(await textsOf(begun)).size, upstream.calls.length]).toEqual([1, 2]);
  });

  it('does so time after time: such calls are not remembered as unshareable', async () => {
    const { upstream, begin } = collapsing();
    for (const expected of [1, 2]) {
      void (await begin(TOGETHER, TOGETHER));
      expect(upstream.calls.length).toBe(expected);
      await upstream.answer(NOT_KEPT);
    }
  });

  it('says so also of an operation whose cache is off', async () => {
    const { upstream, begin } = collapsing();
    const alone = { operation: { collapse: true, cache: 'off' } } as const;
    const [, joined] = await begin(alone, alone);
    await upstream.answer(NOT_KEPT);
    expect((await joined!).cache).toEqual({ fwd: 'bypass', collapsed: true });
  });

  it.each(['authorization', 'cookie', 'range', 'if-none-match'])(
    'gives nobody what cannot be kept and was asked for with another %s, whatever the operation says',
    async (name) => {
      const { upstream, begin } = collapsing();
      const [one, other] = ['a', 'b'].map((value) => ({ ...TOGETHER, headers: { [name]: value } }));
      void (await begin(one!, other!, one!, { ...TOGETHER, headers: {} }));
      await upstream.answer(NOT_KEPT);
      expect(upstream.calls.map(({ headers }) => headers[name])).toEqual(['a', 'b', undefined]);
    },
  );

  it('lets nobody wait for the answer to a call with another body', async () => {
    const { upstream, begin } = collapsing();
    void (await begin({ ...TOGETHER, body: 'one' }, { ...TOGETHER, body: 'other' }));
    expect(upstream.calls.length).toBe(2);
  });

  it.each<[string, Reply['headers'], CallParts]>([
    ['a cookie', { 'cache-control': 'max-age=60', 'set-cookie': 'sid=1' }, {}],
    ['a header that is private', { 'cache-control': 'max-age=60, private="x-own"', 'x-own': '1' }, {}],
    ['a cookie of what is not kept', { 'cache-control': 'no-store', 'set-cookie': 'sid=1' }, TOGETHER],
  ])('gives those who joined not also %s', async (_what, headers, parts) => {
    const { upstream, begin } = collapsing();
    const [, joined] = await begin(parts, parts);
    await upstream.answer(buildReply(200, headers));
    const { 'set-cookie': cookie, 'x-own': own } = (await joined!).headers;
    expect([cookie, own]).toEqual([undefined, undefined]);
  });

  it('gives nobody an answer from before an invalidation that they came after', async () => {
    const { store, upstream, begin } = collapsing();
    await begin(TOGETHER).then(() => store.invalidate(['fixture']));
    void (await begin(TOGETHER));
    expect(upstream.calls.length).toBe(2);
  });
});
