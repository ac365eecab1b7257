import { describe, expect, it } from '@jest/globals';
import { buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { collapsing } from '../../../test/support/collapsing.ts';
import { failure } from '../../../test/support/scripted-send.ts';
import type { Reply } from '../http/call.ts';

const NOT_KEPT = buildReply(200, { 'cache-control': 'no-store' });
const KEPT = buildReply(200, { 'cache-control': 'max-age=60' });

describe('collapse, after an answer that was for one caller only', () => {
  it('never makes such calls wait for each other afterwards, for a minute', async () => {
    const { clock, upstream, begin } = collapsing();
    void (await begin({}));
    await upstream.answerAll(NOT_KEPT);
    await clock.advance(59_999);
    void (await begin({}, {}));
    expect(upstream.calls.length).toBe(3);
  });

  it('makes them wait again after that minute', async () => {
    const { clock, upstream, begin } = collapsing();
    void (await begin({}));
    await upstream.answerAll(NOT_KEPT);
    await clock.advance(60_000);
    void (await begin({}, {}));
    expect(upstream.calls.length).toBe(2);
  });

  it.each<[string, Reply | Error]>([
    ['a failure', failure()],
    ['a 503', buildReply(503)],
  ])('learns nothing from %s', async (_what, outcome) => {
    const { upstream, begin } = collapsing();
    void (await begin({}));
    await upstream.answerAll(outcome);
    void (await begin({}, {}));
    expect(upstream.calls.length).toBe(2);
  });

  it.each<[string, CallParts, Reply]>([
    ['a caller that wants nothing kept', { headers: { 'cache-control': 'no-store' } }, KEPT],
    ['a caller with a credential nobody declared', { headers: { authorization: 'Bearer a' } }, KEPT],
    ['a caller that had it already', { headers: { 'if-none-match': '"a"' } }, buildReply(304)],
  ])('learns nothing for the others from %s', async (_what, parts, reply) => {
    const { upstream, begin } = collapsing();
    void (await begin(parts));
    await upstream.answerAll(reply);
    void (await begin({}, {}));
    expect(upstream.calls.length).toBe(2);
  });

  it('learns nothing from being asked to come less often', async () => {
    const { upstream, begin } = collapsing();
    void (await begin({}));
    await upstream.answerAll(buildReply(429));
    void (await begin({}, {}));
    expect(upstream.calls.length).toBe(2);
  });

  it('gives nobody an answer from before an invalidation that they came after', async () => {
    const { store, upstream, begin } = collapsing();
    void (await begin({}));
    store.invalidate(['fixture']);
    void (await begin({}));
    await upstream.answerAll(KEPT);
    expect(upstream.calls.length).toBe(2);
  });
});
