import { describe, expect, it } from '@jest/globals';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { settled } from '../../../test/support/fake-clock.ts';
import { NEW, OLD, SAID, refreshing } from '../../../test/support/refreshing.ts';
import { failure, hanging, scripted } from '../../../test/support/scripted-send.ts';
import { currentContext, RequestContext, runInContext } from '../../platform/context/request-context.ts';
import type { Reply } from '../http/call.ts';

const textOf = ({ body }: Reply): string => body.toString();

describe('the call that fetches it', () => {
  it.each<[string, CallParts]>([
    ['its head', { method: 'HEAD' }],
    ['whether it is new', { headers: { 'if-none-match': '"a"' } }],
  ])('fetches it whole, though the caller asked only for %s', async (_what, parts) => {
    const { stored, askStale } = refreshing();
    const send = stored(scripted(OLD, NEW));
    await askStale(send, parts);
    await settled();
    expect(textOf(await send(buildCall()))).toBe('new');
  });

  it('fetches it whole, though the caller asked only for a part', async () => {
    const { stored, askStale } = refreshing();
    const script = scripted(OLD, async ({ headers }) => (headers['range'] ? buildReply(206, SAID, 'n') : NEW));
    const send = stored(script);
    await askStale(send, { headers: { range: 'bytes=0-0' } });
    await settled();
    expect(textOf(await send(buildCall()))).toBe('new');
  });

  it('has a receipt of its own, and leaves that of the caller alone', async () => {
    const { clock, published, stored } = refreshing();
    const call = buildCall();
    const send = stored(scripted(OLD, NEW));
    await send(buildCall());
    await clock.advance(61_000);
    await send(call);
    await settled();
    expect(published).toMatchObject([
      { provider: 'fixture', operation: 'getThing', startedAt: 61_000, outcome: 'answered' },
    ]);
    expect(published[0]).not.toBe(call.receipt);
    expect(call.receipt).toMatchObject({ attempts: [], decisions: [] });
  });

  it('tells in its receipt how it failed', async () => {
    const { published, stored, askStale } = refreshing();
    await askStale(stored(scripted(OLD, failure())));
    await settled();
    expect(published).toMatchObject([{ outcome: 'upstream_unreachable' }]);
  });

  it('does not claim in its receipt that it was answered from the store', async () => {
    const { published, stored, askStale } = refreshing();
    await askStale(stored(scripted(OLD, NEW)));
    await settled();
    expect(published[0]?.cache).toMatchObject({ fwd: 'stale' });
  });

  it('belongs to no request, and outlives the one that began it', async () => {
    const { clock, published, stored, askStale } = refreshing();
    const context = new RequestContext('request-1', undefined, 61_010);
    const contexts: unknown[] = [];
    const script = scripted(OLD, async (call) => {
      await Promise.race([new Promise<void>((resolve) => void clock.schedule(resolve, 20)), hanging(call)]);
      contexts.push(currentContext());
      return NEW;
    });
    const send = stored(script);
    await runInContext(context, () => askStale(send, { deadlineAt: 61_010, signal: context.signal }));
    context.abort(new Error('gone'));
    await elapse(clock, 20);
    expect(contexts).toEqual([undefined]);
    expect([published[0]?.requestId, context.upstreamTime.calls]).toEqual([undefined, 0]);
    expect(textOf(await send(buildCall()))).toBe('new');
  });

  it('has the deadline of its operation', async () => {
    const { stored, askStale } = refreshing();
    const script = scripted(OLD, hanging);
    await askStale(stored(script), { deadlineAt: 61_010, operation: { callDeadlineMs: 5_000 } });
    await settled();
    expect(script.calls[1]?.deadlineAt).toBe(66_000);
  });
});
