import { Cancellation } from '../../platform/cancellation.ts';
import type { Clock } from '../../platform/clock.ts';
import { callError } from '../errors/call-error.ts';
import type { UpstreamError } from '../errors/upstream-error.ts';
import type { Call, Stage } from '../http/call.ts';
import { deadlinePassed } from './deadline.ts';

/** Ends one attempt that takes too long, or runs into the call's deadline, counted to the last byte of the body. */
export const attemptTimeout =
  (clock: Clock): Stage =>
  (next) =>
  async (call) => {
    const { signal } = call;
    if (signal.aborted) throw signal.reason as Error;
    const ending = new Cancellation();
    const follow = (): void => ending.abort(signal.reason);
    signal.addEventListener('abort', follow);
    const cancel = scheduleEnd(call, ending, clock);
    try {
      return await next({ ...call, signal: ending });
    } finally {
      cancel();
      signal.removeEventListener('abort', follow);
    }
  };

const scheduleEnd = (call: Call, ending: Cancellation, clock: Clock) => {
  const { attemptTimeoutMs } = call.operation;
  const leftMs = call.deadlineAt - clock.now();
  if (leftMs <= attemptTimeoutMs) return clock.schedule(() => ending.abort(deadlinePassed(call)), leftMs);
  return clock.schedule(() => ending.abort(attemptTookTooLong(call)), attemptTimeoutMs);
};

const attemptTookTooLong = (call: Call): UpstreamError =>
  callError(call, {
    code: 'upstream_timeout',
    reason: `the attempt took longer than ${call.operation.attemptTimeoutMs} ms`,
  });
