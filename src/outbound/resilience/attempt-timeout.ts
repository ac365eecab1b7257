import type { Clock } from '../../platform/clock.ts';
import { UpstreamError } from '../errors/upstream-error.ts';
import type { Stage } from '../http/call.ts';
import { withTimeout } from './with-timeout.ts';

/** Ends one attempt that takes too long, counted to the last byte of the body. */
export const attemptTimeout =
  (clock: Clock): Stage =>
  (next) =>
  (call) => {
    const { attemptTimeoutMs: timeoutMs, name } = call.operation;
    // The deadline comes first anyway: no second timer.
    if (call.deadlineAt - clock.now() <= timeoutMs) return next(call);
    const expired = (): UpstreamError =>
      new UpstreamError({
        code: 'upstream_timeout',
        provider: call.provider,
        operation: name,
        reason: `the attempt took longer than ${timeoutMs} ms`,
      });
    return withTimeout(next, call, { clock, timeoutMs, expired });
  };
