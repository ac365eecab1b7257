import type { Call, Reply, Send } from '../../src/outbound/http/call.ts';
import { UpstreamError, type UpstreamFailure } from '../../src/outbound/errors/upstream-error.ts';

/** How one attempt goes: an answer, a failure, or whatever a `Send` of its own does. */
type Step = Reply | Error | Send;

export interface ScriptedSend {
  readonly send: Send;
  /** What arrived, in order. */
  readonly calls: readonly Call[];
}

/** The inner end of a stage under test: plays its steps one after the other, and the last one for ever. */
export const scripted = (...steps: readonly Step[]): ScriptedSend => {
  const calls: Call[] = [];
  const send: Send = async (call) => {
    calls.push(call);
    const step = steps[Math.min(calls.length, steps.length) - 1];
    if (step === undefined) throw new Error('The script has no steps');
    if (typeof step === 'function') return step(call);
    if (step instanceof Error) throw step;
    return step;
  };
  return { send, calls };
};

/** Never answers; ends with the signal's reason when the call is aborted, as the transport does. */
export const hanging: Send = ({ signal }) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

/** A reset connection, unless told otherwise. */
export const failure = (parts: Partial<UpstreamFailure> = {}): UpstreamError =>
  new UpstreamError({
    code: 'upstream_unreachable',
    provider: 'fixture',
    operation: 'getThing',
    reason: 'ECONNRESET',
    ...parts,
  });
