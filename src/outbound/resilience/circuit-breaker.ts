import type { Clock } from '../../platform/clock.ts';
import { callError } from '../errors/call-error.ts';
import { UpstreamError } from '../errors/upstream-error.ts';
import type { Call, Reply, Stage } from '../http/call.ts';
import type { Circuit, Outcome } from './circuit.ts';

export interface CircuitBreakerParts {
  readonly circuitOf: (call: Call) => Circuit;
  readonly slowAttemptRatio: number;
  readonly clock: Clock;
}

/** While it is being found out whether the host is back. */
const LEAST_RETRY_AFTER_MS = 1_000;

/** Refuses attempts at a host that has been failing or slow, and lets a few through later to see whether it is back. */
export const circuitBreaker =
  ({ circuitOf, slowAttemptRatio, clock }: CircuitBreakerParts): Stage =>
  (next) =>
  async (call) => {
    const circuit = circuitOf(call);
    const pass = circuit.tryPass();
    if (pass === undefined) throw circuitOpen(call, circuit);
    const startedAt = clock.now();
    const isSlow = (): boolean => clock.now() - startedAt > slowAttemptRatio * call.operation.attemptTimeoutMs;
    try {
      const reply = await next(call);
      circuit.record(pass, judgeReply(reply), isSlow());
      return reply;
    } catch (error) {
      const hadItsTime = isSlow() || clock.now() - startedAt >= call.operation.attemptTimeoutMs;
      circuit.record(pass, judgeError(call, error, hadItsTime), isSlow());
      throw error;
    }
  };

/** 4xx and 429 are answers of a host that works. */
const judgeReply = ({ status }: Reply): Outcome => (status >= 500 ? 'failure' : 'success');

/** An unusable answer came from a host that can be reached; a cancelled attempt tells nothing. */
const judgeError = ({ provider }: Call, error: unknown, hadItsTime: boolean): Outcome => {
  // Nor does one for which there was no credential to be had: that is another host's failure.
  if (!(error instanceof UpstreamError) || error.provider !== provider) return 'nothing';
  if (error.code === 'upstream_unreachable') return 'failure';
  if (error.code !== 'upstream_timeout') return 'success';
  // An impatient caller's deadline says nothing about a host that did not have its time.
  return hadItsTime ? 'failure' : 'nothing';
};

const circuitOpen = (call: Call, { opensForMs }: Circuit): UpstreamError =>
  callError(call, {
    code: 'circuit_open',
    reason: 'the circuit is open: recent calls failed or were slow',
    retryAfterMs: Math.max(opensForMs, LEAST_RETRY_AFTER_MS),
    sent: false,
  });
