import { describe, expect, it } from '@jest/globals';
import { buildCall, buildOptions, buildReply } from '../../../test/support/build-call.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { failure, hanging, scripted, type ScriptedSend } from '../../../test/support/scripted-send.ts';
import { RequestContext, runInContext } from '../../platform/context/request-context.ts';
import { RecentKeys } from '../cache/recent-keys.ts';
import { MemoryStore } from '../cache/stores/memory-store.ts';
import type { ProviderOptions } from '../provider-options.ts';
import { Circuit } from '../resilience/circuit.ts';
import { RetryBudget } from '../resilience/retry-budget.ts';
import { WaitingLine } from '../resilience/waiting-line.ts';
import type { CallReceipt } from '../telemetry/call-receipt.ts';
import { CallReceipts } from '../telemetry/call-receipts.ts';
import { compose } from './call.ts';
import { standardStages } from './standard-stages.ts';

const KEPT = buildReply(200, { 'cache-control': 'max-age=60' }, 'kept');

const buildPipeline = ({ send }: ScriptedSend, own: Partial<ProviderOptions> = {}) => {
  const clock = new FakeClock();
  const options = buildOptions(own);
  const receipts = new CallReceipts();
  const published: CallReceipt[] = [];
  receipts.listen((receipt) => void published.push(receipt));
  const random = (): number => 0.5;
  const [line, circuit, budget] = [
    new WaitingLine(options),
    new Circuit(options, clock, random),
    new RetryBudget(options),
  ];
  const [unstorable, unshareable] = [0, 1].map(() => new RecentKeys({ keepMs: 60_000, maxKeys: 10 }, clock));
  const store = new MemoryStore({ maxEntries: 10, maxBytes: 100_000, maxEntryBytes: 10_000 }, clock);
  const keys = { unstorable: unstorable!, unshareable: unshareable! };
  const parts = { options, receipts, clock, random, line, store, budget, circuitOf: () => circuit, ...keys };
  return { send: compose(standardStages(parts), send), clock, circuit, line, budget, published };
};

describe('the standard order, with a cache in it', () => {
  it('lets a hit cost no attempt, no place and no retry budget, also while the circuit is open', async () => {
    const script = scripted(KEPT, failure({ transient: false }));
    const { send, circuit, budget, published } = buildPipeline(script, { breakerMinAttempts: 2 });
    await send(buildCall());
    await rejectionOf(send(buildCall({ path: '/things/2' })));
    expect(circuit.state).toBe('open');
    const [tokens, hit] = [budget.tokens, await send(buildCall())];
    expect([hit.body.toString(), script.calls.length, budget.tokens]).toEqual(['kept', 2, tokens]);
    expect(published.at(-1)).toMatchObject({
      attempts: [],
      cache: { ttlMs: 60_000 },
      outcome: 'answered',
      status: 200,
    });
  });

  it('writes into receipts what the cache did, also for a call that failed', async () => {
    const { send, published } = buildPipeline(scripted(KEPT, buildReply(404), failure({ transient: false })));
    await send(buildCall());
    await send(buildCall());
    await send(buildCall({ path: '/things/2' }));
    await rejectionOf(send(buildCall({ path: '/things/3' })));
    await send(buildCall({ operation: { cache: 'off' } })).catch(() => undefined);
    expect(published.map(({ cache }) => cache)).toEqual([
      { fwd: 'uri-miss', stored: true, ttlMs: 60_000 },
      { ttlMs: 60_000 },
      { fwd: 'uri-miss' },
      { fwd: 'uri-miss' },
      undefined,
    ]);
  });

  it('tells the request of hits, misses and failures alike', async () => {
    const { send } = buildPipeline(scripted(KEPT, failure({ transient: false })));
    const context = new RequestContext('request-1', undefined, Infinity);
    await runInContext(context, async () => {
      await send(buildCall());
      await send(buildCall());
      await rejectionOf(send(buildCall({ path: '/things/2' })));
    });
    expect(context.freshness.sources.map(({ cacheStatus, storable }) => [cacheStatus, storable])).toEqual([
      ['fixture; fwd=uri-miss; ttl=60; stored', true],
      ['fixture; hit; ttl=60', true],
      ['fixture; fwd=uri-miss', false],
    ]);
  });

  it('reads what is served from the store as it reads any answer', async () => {
    const { send } = buildPipeline(scripted(KEPT));
    const read = ({ body }: { body: Buffer }): string => `read ${body.toString()}`;
    const [miss, hit] = [await send(buildCall({ read })), await send(buildCall({ read }))];
    expect([miss.value, hit.value]).toEqual(['read kept', 'read kept']);
  });

  it('repeats a call for all who wait for it at once, and once only', async () => {
    const script = scripted(failure(), KEPT);
    const { send, clock, published } = buildPipeline(script);
    const sent = [send(buildCall()), send(buildCall()), send(buildCall())];
    await elapse(clock, 1_000);
    await Promise.all(sent);
    expect([script.calls.length, published.map(({ attempts }) => attempts.length)]).toEqual([2, [2, 0, 0]]);
  });

  it('gives up, without a timer left, a call that all have run out of time for', async () => {
    const { send, clock, line, published } = buildPipeline(scripted(hanging));
    const ended = [100, 50].map((deadlineAt) => rejectionOf(send(buildCall({ deadlineAt }))));
    await elapse(clock, 100);
    expect(await Promise.all(ended)).toMatchObject([{ code: 'upstream_timeout' }, { code: 'upstream_timeout' }]);
    expect([line.inside, clock.pending, published.length]).toEqual([0, 0, 2]);
  });

  it('blames a host that had its time, though its caller had a little less', async () => {
    const { send, clock, circuit } = buildPipeline(scripted(hanging), { breakerMinAttempts: 1 });
    const ended = rejectionOf(send(buildCall({ deadlineAt: 900, operation: { attemptTimeoutMs: 1_000 } })));
    await elapse(clock, 900);
    expect([await ended, circuit.state]).toEqual([expect.objectContaining({ code: 'upstream_timeout' }), 'open']);
  });

  it('writes into the receipt how the attempt ended that its caller ran out of time for', async () => {
    const { send, clock, published } = buildPipeline(scripted(hanging));
    const ended = rejectionOf(send(buildCall({ deadlineAt: 100 })));
    await elapse(clock, 100);
    await ended;
    expect(published[0]?.attempts).toMatchObject([{ durationMs: 100, error: "the call's deadline passed" }]);
  });

  it('does not count the time of failed attempts as part of the age of an answer', async () => {
    const { send, clock } = buildPipeline(scripted(buildReply(503, { 'retry-after': '5' }), KEPT));
    const sent = send(buildCall());
    await elapse(clock, 5_000);
    expect((await sent).stored?.initialAgeMs).toBe(0);
  });
});
