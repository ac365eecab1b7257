import { describe, expect, it } from '@jest/globals';
import { buildOptions } from '../../../test/support/build-call.ts';
import { HEDGED, late, rigHedging } from '../../../test/support/hedging.ts';
import { failure, hanging, scripted } from '../../../test/support/scripted-send.ts';
import type { Call, Send } from '../http/call.ts';
import { leaveRequest } from '../telemetry/attempt-record.ts';
import { RetryBudget } from './retry-budget.ts';

const REFUSED = failure({ code: 'circuit_open', sent: false, reason: 'the circuit is open' });
const refuses: Send = () => Promise.reject(REFUSED);

describe('second attempts', () => {
  it('take no place of a retry, and have as many of their own', async () => {
    const rig = rigHedging();
    const callsOf = async (): Promise<number> => {
      const script = scripted(hanging);
      const dispatched: Send = (call) => {
        call.attempt!.dispatchedMs = 0;
        return script.send(call);
      };
      void rig.send({ ...script, send: dispatched }, rig.build());
      await rig.clock.advance(150);
      return script.calls.length;
    };
    expect([await callsOf(), await callsOf(), await callsOf(), await callsOf()]).toEqual([2, 2, 2, 1]);
    const retries = [1, 2, 3, 4].map(() => rig.budget.tryAcquire(false) !== undefined);
    expect(retries).toEqual([true, true, true, false]);
  });

  it('leave half of the tokens to retries', async () => {
    const budget = new RetryBudget(buildOptions({ retryBudgetTokens: 55, retryCost: 14 }));
    const rig = rigHedging({ budget });
    const useless = async (): Promise<number> => {
      const script = scripted(rig.takes(110), rig.takes(900));
      const sent = rig.send(script, rig.build());
      await rig.clock.advance(110);
      await sent;
      return script.calls.length;
    };
    expect([await useless(), budget.tokens]).toEqual([2, 41]);
    expect([await useless(), budget.tokens]).toEqual([1, 41]);
  });

  it.each<[string, Partial<Call>, Send]>([
    ['was not sent', {}, refuses],
    ['nobody waited for', { isBackground: true }, (call) => Promise.resolve(answerTo(call))],
  ])('are not earned by what %s', async (_what, parts, send) => {
    const rig = rigHedging();
    const call = rig.build({ operation: { hedge: { afterMs: 100, maxShare: 0.5 } } });
    const again = (): Call => ({ ...call, receipt: rig.build().receipt });
    for (let time = 0; time < 4; time += 1) {
      await rig.send(scripted(send), { ...again(), ...parts }).catch(() => undefined);
    }
    expect(await late(rig, again())).toEqual([1, 'share_spent']);
    expect(await late(rig, again())).toEqual([2, 'won']);
  });

  it('are paid for once they were sent, though they were refused elsewhere then', async () => {
    const rig = rigHedging();
    const call = rig.build({ operation: HEDGED });
    const lostThenRefused: Send = (one) => {
      one.attempt!.dispatchedMs = 0;
      leaveRequest(one, { error: 'ECONNRESET', code: 'upstream_unreachable', endedMs: 1 });
      return refuses(one);
    };
    const sent = rig.send(scripted(rig.takes(500), lostThenRefused), call);
    await rig.clock.advance(500);
    expect((await sent).status).toBe(200);
    expect(call.receipt).toMatchObject({ hedge: 'lost', attempts: [{ status: 200 }, { code: 'circuit_open' }] });
    expect(rig.budget.tokens).toBe(500 - 14);
  });
});

const answerTo = (call: Call) => {
  call.attempt!.dispatchedMs = 0;
  return { status: 200, headers: {}, body: Buffer.alloc(0) };
};
