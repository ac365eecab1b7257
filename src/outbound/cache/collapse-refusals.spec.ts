import { describe, expect, it } from '@jest/globals';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { collapsing } from '../../../test/support/collapsing.ts';
import { settled } from '../../../test/support/fake-clock.ts';
import type { SlowUpstream } from '../../../test/support/slow-upstream.ts';
import type { Reply } from '../http/call.ts';

const NOT_KEPT = buildReply(200, { 'cache-control': 'no-store' });
const KEPT = buildReply(200, { 'cache-control': 'max-age=60' });

/** The head of the first call's answer arrives; its body does not yet. */
const showHead = async ({ calls }: SlowUpstream, { status, headers }: Reply): Promise<void> => {
  calls[0]?.noteHead?.(status, headers);
  await settled();
};

describe('collapse, when an answer turns out to be for one caller only', () => {
  it('lets those who wait go on by themselves as soon as its head is there', async () => {
    const { upstream, begin } = collapsing();
    void (await begin({}, {}, {}));
    await showHead(upstream, NOT_KEPT);
    expect(upstream.calls.length).toBe(3);
  });

  it('says so in their receipts', async () => {
    const { upstream, send, begin } = collapsing();
    const joined = buildCall();
    void (await begin({}));
    void send(joined);
    await settled();
    await showHead(upstream, NOT_KEPT);
    expect(joined.receipt.decisions).toEqual(['not collapsed: the answer is for one caller only']);
  });

  it('does not let those wait either who come while its body is under way', async () => {
    const { upstream, begin } = collapsing();
    void (await begin({}, {}));
    await showHead(upstream, NOT_KEPT);
    void (await begin({}));
    expect(upstream.calls.length).toBe(3);
  });

  it('nor when nobody waited as its head came', async () => {
    const { upstream, begin } = collapsing();
    void (await begin({}));
    await showHead(upstream, NOT_KEPT);
    void (await begin({}));
    expect(upstream.calls.length).toBe(2);
  });

  it.each(['max-age=0', 'no-cache'])('lets them go on at once when it is to be validated: %s', async (said) => {
    const { upstream, begin } = collapsing();
    void (await begin({}, {}));
    await showHead(upstream, buildReply(200, { 'cache-control': said, etag: '"a"' }));
    expect(upstream.calls.length).toBe(2);
  });

  it.each<[string, Reply, CallParts]>([
    ['it can be kept', KEPT, {}],
    ['it is interim', buildReply(103), {}],
    ['it is an error, which may yet be repeated', buildReply(503), {}],
    ['it confirms what is stored', buildReply(304), {}],
    ['the operation shares all', NOT_KEPT, { operation: { collapse: true } }],
  ])('lets them wait on when %s', async (_why, head, parts) => {
    const { upstream, begin } = collapsing();
    void (await begin(parts, parts));
    await showHead(upstream, head);
    expect(upstream.calls.length).toBe(1);
  });

  it('tells whoever else wants to know of the head', async () => {
    const { upstream, begin } = collapsing();
    const heads: number[] = [];
    void (await begin({ noteHead: (status) => void heads.push(status) }));
    await showHead(upstream, buildReply(103));
    await showHead(upstream, NOT_KEPT);
    expect(heads).toEqual([103, 200]);
  });

  it('lets them go on when there was no telling by the head', async () => {
    const { upstream, begin } = collapsing();
    void (await begin({}, {}));
    await upstream.answerAll(buildReply(404, { 'cache-control': 'no-store' }));
    expect(upstream.calls.length).toBe(2);
  });

  it.each<Reply['headers']>([
    { 'cache-control': 'no-cache', etag: '"a"' },
    { 'cache-control': 'max-age=10', etag: '"a"', age: '10' },
  ])('lets them go on when it would have to be validated for them: %j', async (headers) => {
    const { upstream, begin } = collapsing();
    void (await begin({}, {}));
    await upstream.answerAll(buildReply(200, headers));
    expect(upstream.calls.length).toBe(2);
  });

  it('never makes those wait for each other who are known to want different variants', async () => {
    const { upstream, begin } = collapsing();
    void (await begin({ headers: { accept: 'x' } }));
    await upstream.answerAll(buildReply(200, { 'cache-control': 'max-age=60', vary: 'accept' }));
    void (await begin({ headers: { accept: 'y' } }, { headers: { accept: 'z' } }, { headers: { accept: 'y' } }));
    expect(upstream.calls.length).toBe(3);
  });
});
