import { describe, expect, it } from '@jest/globals';
import { buildCall, buildReply } from '../../../test/support/build-call.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { failure, scripted } from '../../../test/support/scripted-send.ts';
import { CallerGone } from '../../platform/context/caller-gone.ts';
import { RequestContext, runInContext } from '../../platform/context/request-context.ts';
import type { Reply, Send } from '../http/call.ts';
import type { CallReceipt } from './call-receipt.ts';
import { CallReceipts } from './call-receipts.ts';
import { receipt } from './receipt.ts';

const publish = async (next: Send, clock = new FakeClock()): Promise<CallReceipt[]> => {
  const receipts = new CallReceipts();
  const published: CallReceipt[] = [];
  receipts.listen((one) => void published.push(one));
  await receipt(receipts, clock)(next)(buildCall()).catch(() => undefined);
  return published;
};

describe('receipt', () => {
  it.each<[string, Reply | Error, Partial<CallReceipt>]>([
    ['an answer', buildReply(201), { outcome: 'answered', status: 201, decisions: [] }],
    ['a refusal', buildReply(404), { outcome: 'upstream_rejected', status: 404 }],
    ['a failure', failure(), { outcome: 'upstream_unreachable', decisions: ['ended: ECONNRESET'] }],
    ['a mistake of our own', new TypeError('x'), { outcome: 'internal', decisions: [] }],
  ])('is published once for %s', async (_what, outcome, expected) => {
    expect(await publish(scripted(outcome).send)).toEqual([expect.objectContaining(expected)]);
  });

  it('is published for a cancellation', async () => {
    const gone = new CallerGone();
    const call = buildCall({ signal: AbortSignal.abort(gone) });
    await receipt(new CallReceipts(), new FakeClock())(scripted(gone).send)(call).catch(() => undefined);
    expect(call.receipt).toMatchObject({ outcome: 'cancelled', decisions: [] });
  });

  it('tells how long the call took, and the request how long it waited for upstreams', async () => {
    const clock = new FakeClock();
    const context = new RequestContext('request-1', undefined, Infinity);
    const slow: Send = () => new Promise((resolve) => void clock.schedule(() => resolve(buildReply()), 250));
    const published = runInContext(context, () => publish(slow, clock));
    await elapse(clock, 250);
    expect(await published).toMatchObject([{ durationMs: 250 }]);
    expect([context.upstreamTime.calls, context.upstreamTime.until(clock.now())]).toEqual([1, 250]);
  });
});

describe('CallReceipts', () => {
  it('tells every listener until it has heard enough', () => {
    const receipts = new CallReceipts();
    const heard: string[] = [];
    const stop = receipts.listen(() => void heard.push('one'));
    receipts.listen(() => void heard.push('other'));
    const { receipt: published } = buildCall();
    receipts.publish(published);
    stop();
    receipts.publish(published);
    expect(heard).toEqual(['one', 'other', 'other']);
  });
});
