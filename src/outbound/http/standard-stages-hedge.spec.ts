import { describe, expect, it } from '@jest/globals';
import { buildCall, buildOptions, buildReply } from '../../../test/support/build-call.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { HEDGED, takes } from '../../../test/support/hedging.ts';
import { failure, scripted } from '../../../test/support/scripted-send.ts';
import { RecentKeys } from '../cache/recent-keys.ts';
import { MemoryStore } from '../cache/stores/memory-store.ts';
import type { ProviderOptions } from '../provider-options.ts';
import { Circuit } from '../resilience/circuit.ts';
import { RetryBudget } from '../resilience/retry-budget.ts';
import { WaitingLine } from '../resilience/waiting-line.ts';
import type { CallReceipt } from '../telemetry/call-receipt.ts';
import { CallReceipts } from '../telemetry/call-receipts.ts';
import { compose, type Reply, type Send } from './call.ts';
import { standardStages } from './standard-stages.ts';

const KEPT = buildReply(200, { 'cache-control': 'max-age=60' }, 'kept');

/** All stages; each attempt takes so many ms, or ends so. */
const build = (attempts: readonly [number, (Reply | Error)?][], own: Partial<ProviderOptions> = {}) => {
  const clock = new FakeClock();
  const script = scripted(...attempts.map(([ms, ending]) => takes(clock, ms, ending ?? buildReply())));
  const options = buildOptions(own);
  const receipts = new CallReceipts();
  const published: CallReceipt[] = [];
  receipts.listen((receipt) => void published.push(receipt));
  const random = (): number => 0.5;
  const [line, circuit] = [new WaitingLine(options), new Circuit(options, clock, random)];
  const keys = new RecentKeys({ keepMs: 60_000, maxKeys: 10 }, clock);
  const stages = standardStages({
    ...{ options, receipts, clock, random, line, budget: new RetryBudget(options), circuitOf: () => circuit },
    store: new MemoryStore({ maxEntries: 10, maxBytes: 100_000, maxEntryBytes: 10_000 }, clock),
    ...{ unstorable: keys, unshareable: keys },
  });
  const send: Send = compose(stages, script.send);
  return { send, script, clock, line, circuit, published };
};

const call = (): ReturnType<typeof buildCall> => buildCall({ operation: HEDGED });

describe('the standard order, with a second attempt beside a late one', () => {
  it('has a place for each of them, and frees that of the one that is given up at once', async () => {
    const { send, clock, line } = build([[1_000], [50]]);
    const sent = send(call());
    await elapse(clock, 120);
    expect(line.inside).toBe(2);
    await clock.advance(30);
    expect([line.inside, clock.pending, (await sent).status]).toEqual([0, 0, 200]);
  });

  it('tells the circuit nothing of the one that is given up', async () => {
    const { send, clock, circuit } = build([[1_000], [50]], { breakerMinAttempts: 1, breakerMinSlowAttempts: 1 });
    const sent = send(call());
    await elapse(clock, 200);
    await sent;
    expect(circuit.state).toBe('closed');
  });

  it('but that it was slow, when it was', async () => {
    const own = { attemptTimeoutMs: 1_000, breakerMinAttempts: 99, breakerMinSlowAttempts: 2, breakerSlowRatio: 0.5 };
    const { send, clock, circuit } = build([[990], [850]], own);
    const sent = send(buildCall({ operation: { ...HEDGED, attemptTimeoutMs: 1_000 } }));
    await elapse(clock, 960);
    await sent;
    expect(circuit.state).toBe('open');
  });

  it('repeats both, once both have failed, and has one attempt then', async () => {
    const { send, clock, script, published } = build([[150, failure()], [10, buildReply(503)], [500]]);
    const sent = send(call());
    await elapse(clock, 1_000);
    expect([(await sent).status, script.calls.length]).toEqual([200, 3]);
    expect(published[0]).toMatchObject({ hedge: 'failed', backoffsMs: [25], outcome: 'answered' });
    expect(published[0]?.attempts).toMatchObject([
      { error: 'ECONNRESET' },
      { status: 503, isHedge: true },
      { status: 200 },
    ]);
  });

  it('stores one answer, and gives it to all who wait for it', async () => {
    const { send, clock, script, published } = build([
      [1_000, KEPT],
      [50, KEPT],
    ]);
    const sent = [send(call()), send(call()), send(call())];
    await elapse(clock, 200);
    const bodies = (await Promise.all(sent)).map(({ body }) => body.toString());
    expect([bodies, script.calls.length]).toEqual([['kept', 'kept', 'kept'], 2]);
    expect((await send(call())).body.toString()).toBe('kept');
    expect(script.calls.length).toBe(2);
    expect(published.map(({ hedge }) => hedge)).toEqual(['won', undefined, undefined, undefined]);
  });

  it('gives up both at the deadline of the call', async () => {
    const { send, clock, line } = build([[9_000], [9_000]]);
    const sent = send(
      buildCall({ operation: { ...HEDGED, callDeadlineMs: 500, attemptTimeoutMs: 400, maxAttempts: 1 } }),
    );
    const ended = sent.catch((error: unknown) => error);
    await elapse(clock, 500);
    expect(await ended).toMatchObject({ code: 'upstream_timeout' });
    expect([line.inside, clock.pending]).toEqual([0, 0]);
  });
});
