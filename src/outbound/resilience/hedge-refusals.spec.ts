import { describe, expect, it } from '@jest/globals';
import { buildOptions, buildReply } from '../../../test/support/build-call.ts';
import { HEDGED, late, observe, rigHedging } from '../../../test/support/hedging.ts';
import { failure, scripted } from '../../../test/support/scripted-send.ts';
import type { Call } from '../http/call.ts';
import { RetryBudget } from './retry-budget.ts';
import { WaitingLine } from './waiting-line.ts';

describe('a late attempt gets no second one', () => {
  it('while no place is free', async () => {
    const line = new WaitingLine({ maxConcurrent: 1, maxQueued: 9, backgroundShare: 1 });
    const rig = rigHedging({ line });
    line.tryEnter();
    const call = rig.build();
    expect(await late(rig, call)).toEqual([1, 'no_place']);
    expect(call.receipt.decisions).toEqual(['not hedged: no place is free']);
    line.leave();
    expect(await late(rig, rig.build())).toEqual([2, 'won']);
  });

  it('while its operation has no place of its own free', async () => {
    const rig = rigHedging();
    const call = rig.build({ operation: { ...HEDGED, maxConcurrent: 1 } });
    call.operation.line!.tryEnter();
    expect(await late(rig, call)).toEqual([1, 'no_place']);
  });

  it('once half of the retry budget is spent, and pays for each that was no use', async () => {
    const budget = new RetryBudget(buildOptions({ retryBudgetTokens: 42, retryCost: 14 }));
    const rig = rigHedging({ budget });
    const useless = async (): Promise<void> => {
      const sent = rig.send(scripted(rig.takes(110), rig.takes(900)), rig.build());
      await rig.clock.advance(110);
      await sent;
    };
    expect(await late(rig, rig.build())).toEqual([2, 'won']);
    expect(budget.tokens).toBe(42);
    await useless();
    expect(budget.tokens).toBe(28);
    const call = rig.build();
    expect(await late(rig, call)).toEqual([1, 'budget_spent']);
    // Its share is not spent by that.
    expect(call.operation.hedging!.trySpend()).toBe(true);
  });

  it('beyond its share', async () => {
    const rig = rigHedging();
    const call = rig.build({ operation: { hedge: { afterMs: 100, maxShare: 0.25 } } });
    const again = (): Call => ({ ...call, receipt: rig.build().receipt });
    const made: number[] = [];
    for (let time = 0; time < 9; time += 1) made.push((await late(rig, again()))[0]);
    expect(made).toEqual([1, 1, 1, 2, 1, 1, 1, 2, 1]);
    const last = again();
    expect([await late(rig, last), last.receipt.decisions]).toEqual([
      [1, 'share_spent'],
      ['not hedged: the share of such attempts is spent'],
    ]);
  });

  it.each(['open', 'half_open'] as const)('while the circuit is %s', async (circuit) => {
    const rig = rigHedging();
    const call = rig.build();
    call.receipt.circuit = circuit;
    expect(await late(rig, call)).toEqual([1, 'circuit']);
  });

  it('while an operator isolates the provider', async () => {
    const rig = rigHedging({ isIsolated: () => true });
    expect(await late(rig, rig.build())).toEqual([1, 'circuit']);
  });

  it('when it has not been sent: it waits for a place or a token', async () => {
    const rig = rigHedging();
    const call = rig.build();
    const script = scripted(() => new Promise((resolve) => void rig.clock.schedule(() => resolve(buildReply()), 500)));
    const sent = rig.send(script, call);
    await rig.clock.advance(500);
    await sent;
    expect([script.calls.length, call.receipt.hedge]).toEqual([1, 'not_sent_yet']);
  });

  it('when less time is left than answers take as a rule', async () => {
    const rig = rigHedging();
    const call = rig.build();
    await observe(
      rig,
      call,
      Array.from({ length: 50 }, () => 80),
    );
    const withDeadlineIn = (ms: number): Call => ({
      ...rig.build(),
      operation: call.operation,
      deadlineAt: rig.clock.now() + ms,
    });
    expect(await late(rig, withDeadlineIn(180))).toEqual([1, 'deadline']);
    expect(await late(rig, withDeadlineIn(190))).toEqual([2, 'won']);
  });

  it('when the place that it was to have is gone: it is as if there had been none', async () => {
    const rig = rigHedging();
    const call = rig.build();
    const refused = failure({ code: 'circuit_open', sent: false, reason: 'the circuit is open' });
    const sent = rig.send(
      scripted(rig.takes(1_000), () => Promise.reject(refused)),
      call,
    );
    await rig.clock.advance(1_000);
    expect((await sent).status).toBe(200);
    expect(call.receipt).toMatchObject({ hedge: 'circuit', attempts: [{ status: 200, durationMs: 1_000 }] });
    expect(rig.budget.tokens).toBe(500);
  });
});
