import type { Clock } from '../../platform/clock.ts';
import { UpstreamError } from '../errors/upstream-error.ts';
import type { Call, Stage } from '../http/call.ts';
import { withTimeout } from './with-timeout.ts';

/** Ends the whole call, attempts and waits included, at its deadline: the operation's, or the request's if nearer. */
export const deadline =
  (clock: Clock): Stage =>
  (next) =>
  async (call) => {
    const now = clock.now();
    const deadlineAt = Math.min(call.deadlineAt, now + call.operation.callDeadlineMs);
    const timeoutMs = Math.ceil(deadlineAt - now);
    const expired = (): UpstreamError => deadlinePassed(call, timeoutMs);
    if (timeoutMs <= 0) throw expired();
    return withTimeout(next, { ...call, deadlineAt }, { clock, timeoutMs, expired });
  };

const deadlinePassed = ({ provider, operation }: Call, timeoutMs: number): UpstreamError =>
  new UpstreamError({
    code: 'upstream_timeout',
    provider,
    operation: operation.name,
    reason: `the call's deadline passed (${Math.max(0, timeoutMs)} ms)`,
  });
