import type { Call, Reply, Send } from '../../src/outbound/http/call.ts';
import { WaitingLine } from '../../src/outbound/resilience/waiting-line.ts';
import { RetryBudget } from '../../src/outbound/resilience/retry-budget.ts';
import { hedge } from '../../src/outbound/resilience/hedge.ts';
import type { HedgeParts } from '../../src/outbound/resilience/hedge-refusal.ts';
import { currentAttempt, sinceAttemptBegan } from '../../src/outbound/telemetry/attempt-record.ts';
import { buildCall, buildOptions, buildReply, type CallParts } from './build-call.ts';
import { FakeClock } from './fake-clock.ts';
import { scripted, type ScriptedSend } from './scripted-send.ts';

/** The stage under test, with all that it asks, and operations that are hedged after 100 ms and as often as they like. */
export interface HedgingRig extends HedgeParts {
  readonly clock: FakeClock;
  /** See below. */
  takes(ms: number, ending?: Reply | Error): Send;
  send(script: ScriptedSend, call: Call): Promise<Reply>;
  build(parts?: CallParts): Call;
}

export const HEDGED = { hedge: { afterMs: 100, maxShare: 1 } } as const;

export const rigHedging = (own: Partial<HedgeParts> = {}): HedgingRig => {
  const clock = new FakeClock();
  const options = buildOptions();
  const parts = { budget: new RetryBudget(options), line: new WaitingLine(options), isIsolated: () => false, ...own };
  const stage = hedge({ ...parts, clock });
  return {
    ...parts,
    clock,
    takes: (ms, ending = buildReply()) => takes(clock, ms, ending),
    send: (script, call) => stage(script.send)(call),
    build: ({ operation, ...others } = {}) => buildCall({ operation: { ...HEDGED, ...operation }, ...others }),
  };
};

/** An attempt that is sent at once, and ends after so many ms, unless it is given up. */
export const takes =
  (clock: FakeClock, ms: number, ending: Reply | Error): Send =>
  (call) => {
    if (call.signal.aborted) return Promise.reject(call.signal.reason);
    notePhase(call, 'dispatchedMs', clock);
    return new Promise((resolve, reject) => {
      const cancel = clock.schedule(() => {
        notePhase(call, 'firstByteMs', clock);
        if (ending instanceof Error) reject(ending);
        else resolve(ending);
      }, ms);
      call.signal.addEventListener('abort', () => {
        cancel();
        reject(call.signal.reason);
      });
    });
  };

const notePhase = (call: Call, phase: 'dispatchedMs' | 'firstByteMs', clock: FakeClock): void => {
  const record = currentAttempt(call);
  if (record) record[phase] = sinceAttemptBegan(record, call.receipt, clock);
};

/** Makes so many calls of one operation whose answers take as long as `tookMs` says of each. */
export const observe = async (rig: HedgingRig, call: Call, tookMs: readonly number[]): Promise<void> => {
  for (const ms of tookMs) {
    const sent = rig.send(scripted(rig.takes(ms)), {
      ...call,
      receipt: { ...call.receipt, attempts: [], decisions: [] },
    });
    await rig.clock.advance(ms);
    await sent;
  }
};

/** Makes a call that is late, and says how many attempts that took and why. */
export const late = async (rig: HedgingRig, call: Call): Promise<[number, string | undefined]> => {
  const script = scripted(rig.takes(1_000), rig.takes(1));
  const sent = rig.send(script, call);
  await rig.clock.advance(1_000);
  await sent;
  return [script.calls.length, call.receipt.hedge];
};
