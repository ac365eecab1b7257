import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildOptions, buildReply } from '../../../test/support/build-call.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { slowUpstream } from '../../../test/support/slow-upstream.ts';
import { scripted } from '../../../test/support/scripted-send.ts';
import { compose } from '../http/call.ts';
import { bulkhead } from './bulkhead.ts';
import { Circuits } from './circuits.ts';
import { isolation } from './isolation.ts';
import { WaitingLine } from './waiting-line.ts';

const REFUSED = { code: 'circuit_open', reason: 'isolated by an operator', sent: false, retryAfterMs: 30_000 };

let clock: FakeClock;
let circuits: Circuits;

beforeEach(() => {
  clock = new FakeClock();
  circuits = new Circuits(buildOptions({ breakerMinAttempts: 10 }), clock, () => 1);
});

const open = (): void => {
  const circuit = circuits.of(buildCall());
  for (let count = 0; count < 10; count += 1) circuit.record(circuit.tryPass()!, 'failure', false);
};

describe('a provider that an operator isolates', () => {
  it('is not called, and the receipt says why', async () => {
    circuits.isolate();
    const [call, script] = [buildCall(), scripted(buildReply())];
    expect(await rejectionOf(isolation(() => circuits.isIsolated)(script.send)(call))).toMatchObject(REFUSED);
    expect([script.calls.length, call.receipt.circuit]).toEqual([0, 'open']);
  });

  it('refuses at once who would have waited for a place, and those who wait when they get one', async () => {
    const options = buildOptions({ maxConcurrent: 1, maxQueued: 5 });
    const upstream = slowUpstream();
    const refuse = isolation(() => circuits.isIsolated);
    const send = compose([refuse, bulkhead(new WaitingLine(options), options, clock), refuse], upstream.send);
    const busy = send(buildCall());
    const waiting = rejectionOf(send(buildCall()));
    await settled();
    circuits.isolate();
    expect(await rejectionOf(send(buildCall()))).toMatchObject(REFUSED);
    await upstream.answer(buildReply());
    expect([await busy, await waiting]).toMatchObject([{ status: 200 }, REFUSED]);
    expect(upstream.calls.length).toBe(1);
  });

  it('stays so whatever time passes, until it is reset', async () => {
    circuits.isolate();
    await clock.advance(86_400_000);
    expect(circuits.isIsolated).toBe(true);
    circuits.reset();
    expect(circuits.isIsolated).toBe(false);
  });
});

describe('circuits that are reset', () => {
  it('are closed, all of them', () => {
    open();
    const own = circuits.ofServer('other');
    for (let count = 0; count < 10; count += 1) own.record(own.tryPass()!, 'failure', false);
    circuits.reset();
    expect([circuits.of(buildCall()), own].map(({ state, opensForMs }) => [state, opensForMs])).toEqual([
      ['closed', 0],
      ['closed', 0],
    ]);
  });

  it('have forgotten what failed before, and how often they had opened', async () => {
    const circuit = circuits.of(buildCall());
    open();
    await clock.advance(circuit.opensForMs);
    circuit.record(circuit.tryPass()!, 'failure', false);
    expect(circuit.opensForMs).toBe(10_000);
    circuits.reset();
    for (let count = 0; count < 9; count += 1) circuit.record(circuit.tryPass()!, 'failure', false);
    expect(circuit.state).toBe('closed');
    circuit.record(circuit.tryPass()!, 'failure', false);
    expect([circuit.state, circuit.opensForMs]).toEqual(['open', 5_000]);
  });

  it('hear nothing of what was under way before', () => {
    const circuit = circuits.of(buildCall());
    const passes = Array.from({ length: 10 }, () => circuit.tryPass()!);
    circuits.reset();
    for (const pass of passes) circuit.record(pass, 'failure', false);
    expect(circuit.state).toBe('closed');
  });
});
