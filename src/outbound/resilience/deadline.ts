import type { Clock } from '../../platform/clock.ts';
import { callError } from '../errors/call-error.ts';
import type { UpstreamError } from '../errors/upstream-error.ts';
import type { Call, Stage } from '../http/call.ts';
import { isReplayable } from './retry-safety.ts';

/**
 * Sets when the whole call has to be over, attempts and waits included: the operation's limit, or the request's if nearer.
 * It arms no timer: the places where a call can wait, for a call under way, in the bulkhead's line and in the attempt, end
 * there by themselves, and a backoff that would pass it is not begun.
 */
export const deadline =
  (clock: Clock): Stage =>
  (next) =>
  (call) => {
    const now = clock.now();
    const limitAt = isStillComing(call) ? Infinity : now + call.operation.callDeadlineMs;
    const deadlineAt = Math.min(call.deadlineAt, limitAt);
    if (deadlineAt <= now) return Promise.reject(deadlinePassed(call));
    return next({ ...call, deadlineAt });
  };

/** A body of any length is sent once: what limits that is its one attempt, which waits while it moves. */
const isStillComing = (call: Call): boolean => call.streams === true && !isReplayable(call);

/** What a call fails with at its deadline. */
export const deadlinePassed = (call: Call): UpstreamError =>
  callError(call, { code: 'upstream_timeout', reason: "the call's deadline passed" });
