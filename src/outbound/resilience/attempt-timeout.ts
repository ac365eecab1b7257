import { Cancellation } from '../../platform/cancellation.ts';
import type { Cancel, Clock } from '../../platform/clock.ts';
import { callError } from '../errors/call-error.ts';
import type { UpstreamError } from '../errors/upstream-error.ts';
import type { Call, Stage } from '../http/call.ts';
import { lastMoveOfBody } from '../http/trailed-body.ts';
import { deadlinePassed } from './deadline.ts';

/** Ends one attempt that takes too long, or runs into the call's deadline, counted to the last byte of the body. */
export const attemptTimeout =
  (clock: Clock): Stage =>
  (next) =>
  async (call) => {
    const { signal } = call;
    if (signal.aborted) throw signal.reason;
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
  if (lastMoveOfBody(call.body) !== undefined) return watchBody(call, ending, clock);
  const leftMs = call.deadlineAt - clock.now();
  if (leftMs <= attemptTimeoutMs) return clock.schedule(() => ending.abort(deadlinePassed(call)), leftMs);
  return clock.schedule(() => ending.abort(attemptTookTooLong(call)), attemptTimeoutMs);
};

/** While a body of any length is on its way the attempt has time: it is counted anew from each piece on. */
const watchBody = (call: Call, ending: Cancellation, clock: Clock): Cancel => {
  const { attemptTimeoutMs } = call.operation;
  let cancel: Cancel = () => undefined;
  const look = (from: number): void => {
    const endsAt = Math.min(call.deadlineAt, Math.max(from, lastMoveOfBody(call.body)!) + attemptTimeoutMs);
    const leftMs = endsAt - clock.now();
    if (leftMs > 0) cancel = clock.schedule(() => look(from), leftMs);
    else ending.abort(endsAt === call.deadlineAt ? deadlinePassed(call) : attemptTookTooLong(call));
  };
  look(clock.now());
  return () => cancel();
};

const attemptTookTooLong = (call: Call): UpstreamError =>
  callError(call, {
    code: 'upstream_timeout',
    reason: `the attempt took longer than ${call.operation.attemptTimeoutMs} ms`,
  });
