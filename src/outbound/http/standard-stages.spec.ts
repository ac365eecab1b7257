import { describe, expect, it } from '@jest/globals';
import { buildCall, buildOptions, buildReply } from '../../../test/support/build-call.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { failure, hanging, scripted, type ScriptedSend } from '../../../test/support/scripted-send.ts';
import { RecentKeys } from '../cache/recent-keys.ts';
import { MemoryStore } from '../cache/stores/memory-store.ts';
import type { ProviderOptions } from '../provider-options.ts';
import { Circuit } from '../resilience/circuit.ts';
import { RetryBudget } from '../resilience/retry-budget.ts';
import { WaitingLine } from '../resilience/waiting-line.ts';
import type { CallReceipt } from '../telemetry/call-receipt.ts';
import { CallReceipts } from '../telemetry/call-receipts.ts';
import { compose, type Send } from './call.ts';
import { standardStages } from './standard-stages.ts';

interface Pipeline {
  readonly send: Send;
  readonly line: WaitingLine;
  readonly clock: FakeClock;
  readonly circuit: Circuit;
  readonly published: CallReceipt[];
}

const buildPipeline = ({ send }: ScriptedSend, own: Partial<ProviderOptions> = {}): Pipeline => {
  const clock = new FakeClock();
  const options = buildOptions(own);
  const receipts = new CallReceipts();
  const published: CallReceipt[] = [];
  receipts.listen((receipt) => void published.push(receipt));
  const random = (): number => 0.5;
  const line = new WaitingLine(options);
  const circuit = new Circuit(options, clock, random);
  const stages = standardStages({
    options,
    receipts,
    clock,
    random,
    line,
    store: new MemoryStore({ maxEntries: 10, maxBytes: 100_000, maxEntryBytes: 10_000 }, clock),
    unstorable: new RecentKeys({ keepMs: 60_000, maxKeys: 10 }, clock),
    unshareable: new RecentKeys({ keepMs: 60_000, maxKeys: 10 }, clock),
    budget: new RetryBudget(options),
    circuitOf: () => circuit,
  });
  return { send: compose(stages, send), line, clock, circuit, published };
};

describe('the standard order', () => {
  it('ends the whole call, backoffs included, at one deadline', async () => {
    const script = scripted(failure(), hanging);
    const { send, clock } = buildPipeline(script, {});
    const ended = rejectionOf(send(buildCall({ operation: { callDeadlineMs: 1_000 } })));
    await elapse(clock, 999);
    expect(script.calls.length).toBe(2);
    await clock.advance(1);
    expect(await ended).toMatchObject({ code: 'upstream_timeout', reason: expect.stringContaining('deadline') });
    expect([clock.now(), clock.pending]).toEqual([1_000, 0]);
  });

  it('gives each attempt its own timeout', async () => {
    const script = scripted(hanging);
    const { send, clock } = buildPipeline(script);
    const ended = rejectionOf(send(buildCall({ operation: { attemptTimeoutMs: 1_000 } })));
    await elapse(clock, 1_000 + 25 + 1_000 + 50 + 1_000);
    expect(await ended).toMatchObject({ reason: 'the attempt took longer than 1000 ms' });
    expect(script.calls.length).toBe(3);
  });

  it('holds no place in the bulkhead while it backs off', async () => {
    const { send, clock, line } = buildPipeline(scripted(buildReply(503, { 'retry-after': '5' }), buildReply()));
    const sent = send(buildCall());
    await elapse(clock, 2_500);
    expect(line.inside).toBe(0);
    await clock.advance(2_500);
    expect((await sent).status).toBe(200);
  });

  it('tells the circuit of each attempt, and its caller of one error', async () => {
    const { send, clock, circuit } = buildPipeline(scripted(buildReply(503)), { breakerMinAttempts: 3 });
    const sent = send(buildCall());
    await elapse(clock, 1_000);
    expect([(await sent).status, circuit.state]).toEqual([503, 'open']);
  });

  it('ends with the last real answer when the circuit opens between attempts', async () => {
    const script = scripted(buildReply(503));
    const { send, clock, published } = buildPipeline(script, { breakerMinAttempts: 2 });
    const sent = send(buildCall());
    await elapse(clock, 1_000);
    expect((await sent).status).toBe(503);
    expect([script.calls.length, published[0]?.attempts.length, published[0]?.outcome]).toEqual([
      2,
      3,
      'upstream_failed',
    ]);
  });

  it('lets an open circuit cost no place, no retry and no time', async () => {
    const script = scripted(failure({ transient: false }));
    const { send, line, clock, published } = buildPipeline(script, { breakerMinAttempts: 1 });
    await rejectionOf(send(buildCall()));
    expect(await rejectionOf(send(buildCall()))).toMatchObject({ code: 'circuit_open' });
    expect([script.calls.length, line.inside, clock.now(), clock.pending]).toEqual([1, 0, 0, 0]);
    expect(published[1]?.attempts).toHaveLength(1);
  });

  it('does not blame the upstream for time spent in our own line', async () => {
    const { send, clock, circuit } = buildPipeline(scripted(hanging), { maxConcurrent: 1, breakerMinAttempts: 1 });
    const controller = new AbortController();
    const first = rejectionOf(send(buildCall({ signal: controller.signal })));
    await elapse(clock, 1);
    const second = rejectionOf(send(buildCall({ path: '/things/2', operation: { maxAttempts: 1 } })));
    await elapse(clock, 1_000);
    expect(await second).toMatchObject({ code: 'overloaded' });
    expect(circuit.state).toBe('closed');
    controller.abort(new Error('left'));
    await first;
  });

  it('adds our headers and one idempotency key to every attempt', async () => {
    const script = scripted(failure(), buildReply());
    const { send, clock } = buildPipeline(script, { idempotencyHeader: 'X-Once' });
    const sent = send(buildCall({ method: 'POST', operation: { idempotencyKey: true } }));
    await elapse(clock, 1_000);
    await sent;
    const [one, other] = script.calls.map(({ headers }) => headers);
    expect(one).toMatchObject({ 'user-agent': 'breakwater', 'x-once': expect.any(String) });
    expect(other?.['x-once']).toBe(one?.['x-once']);
  });

  it('publishes one receipt for each call, however it ends', async () => {
    const { send, published } = buildPipeline(scripted(buildReply(), buildReply(404), failure({ transient: false })));
    await send(buildCall());
    await send(buildCall());
    await rejectionOf(send(buildCall()));
    expect(published.map(({ outcome }) => outcome)).toEqual(['answered', 'upstream_rejected', 'upstream_unreachable']);
  });
});
