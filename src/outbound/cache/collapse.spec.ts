import { describe, expect, it } from '@jest/globals';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { collapsing } from '../../../test/support/collapsing.ts';
import { settled } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { failure } from '../../../test/support/scripted-send.ts';
import type { Reply } from '../http/call.ts';

const FRESH = buildReply(200, { 'cache-control': 's-maxage=60' }, 'fresh');
const ANN = { principal: { id: 'ann', isCaller: true } };
const TOGETHER = { operation: { collapse: true } } as const;

const textsOf = async (begun: Promise<Reply>[]): Promise<string[]> =>
  (await Promise.all(begun)).map(({ body }) => body.toString());

describe('collapse', () => {
  it.each<CallParts>([{}, ANN])('makes one call of a thousand, and answers all: %j', async (parts) => {
    const { clock, upstream, begin } = collapsing();
    const begun = await begin(...Array<CallParts>(1_000).fill(parts));
    await upstream.answer(FRESH);
    expect([new Set(await textsOf(begun)).size, upstream.calls.length, clock.pending]).toEqual([1, 1, 0]);
  });

  it('says who made the call and who joined it', async () => {
    const { upstream, send } = collapsing();
    const [leader, joined] = [buildCall(), buildCall()];
    const answers = [send(leader), send(joined)];
    await settled();
    await upstream.answer(FRESH);
    expect((await Promise.all(answers)).map(({ cache: outcome }) => outcome)).toEqual([
      { fwd: 'uri-miss', stored: true, ttlMs: 60_000 },
      { fwd: 'uri-miss', stored: true, ttlMs: 60_000, collapsed: true },
    ]);
    expect([leader, joined].map(({ receipt }) => receipt.decisions)).toEqual([[], ['collapsed into a call under way']]);
  });

  it('begins anew once a call is over, whether it was answered or failed', async () => {
    const { upstream, begin } = collapsing();
    const [first] = await begin({});
    await upstream.answer(failure());
    expect(await rejectionOf(first!)).toMatchObject({ code: 'upstream_unreachable' });
    const [second] = await begin({});
    await upstream.answer(FRESH);
    expect([await textsOf([second!]), upstream.calls.length]).toEqual([['fresh'], 2]);
  });

  it('shares a failure, so that nobody asks a dead upstream again for it', async () => {
    const { upstream, begin } = collapsing();
    const begun = await begin({}, {}, {});
    const dead = failure();
    await upstream.answer(dead);
    expect([await Promise.all(begun.map(rejectionOf)), upstream.calls.length]).toEqual([[dead, dead, dead], 1]);
  });

  it.each([503, 429])('shares a %i, so that nobody asks an upstream in need again for it', async (status) => {
    const { upstream, begin } = collapsing();
    const begun = await begin({}, {}, {});
    await upstream.answer(buildReply(status));
    expect(upstream.calls.length).toBe(1);
    expect((await Promise.all(begun)).map((reply) => reply.status)).toEqual([status, status, status]);
  });

  it.each<[string, CallParts, CallParts]>([
    ['URLs', {}, { path: '/things/2' }],
    ['principals', {}, ANN],
    ['providers', {}, { provider: 'another' }],
  ])('keeps calls of different %s apart', async (_what, one, other) => {
    const { upstream, begin } = collapsing();
    void (await begin(one, other));
    expect(upstream.calls.length).toBe(2);
  });

  it.each<[string, CallParts]>([
    ['HEAD', { method: 'HEAD' }],
    ['a range', { headers: { range: 'bytes=0-1' } }],
    ['POST', { method: 'POST', ...TOGETHER }],
    ['a condition only the upstream can judge', { headers: { 'if-match': '"a"' } }],
    ['a credential nobody declared', { headers: { authorization: 'Bearer a' } }],
    ['a condition of the caller', { headers: { 'if-none-match': '"a"' } }],
    ['an operation whose cache is off', { operation: { cache: 'off' } }],
    ['HEAD of an operation that collapses', { method: 'HEAD', ...TOGETHER }],
  ])('never collapses %s', async (_what, parts) => {
    const { upstream, begin } = collapsing();
    void (await begin(parts, parts));
    expect(upstream.calls.length).toBe(2);
  });

  it('gives nobody an answer that was chosen by a header which differs', async () => {
    const { upstream, begin } = collapsing();
    const begun = await begin(
      { headers: { 'x-team': 'a' } },
      { headers: { 'x-team': 'b' } },
      { headers: { 'x-team': 'a' } },
    );
    await upstream.answer(buildReply(200, { 'cache-control': 'max-age=60', vary: 'X-Team' }, 'a'));
    expect(upstream.calls.map(({ headers }) => headers)).toEqual([{ 'x-team': 'a' }, { 'x-team': 'b' }]);
    await upstream.answer(buildReply(200, { 'cache-control': 'max-age=60', vary: 'X-Team' }, 'b'));
    expect(await textsOf(begun)).toEqual(['a', 'b', 'a']);
  });

  it('validates once for all who found the same to be stale', async () => {
    const { clock, upstream, begin } = collapsing();
    void (await begin({}));
    await upstream.answer(buildReply(200, { 'cache-control': 'max-age=60', etag: '"a"' }, 'kept'));
    await clock.advance(60_000);
    const begun = await begin({}, {}, {});
    await upstream.answer(buildReply(304, { etag: '"a"' }));
    expect([await textsOf(begun), upstream.calls.length]).toEqual([['kept', 'kept', 'kept'], 2]);
  });
});
