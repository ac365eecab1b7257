import type { Clock } from '../../platform/clock.ts';
import { callError } from '../errors/call-error.ts';
import type { UpstreamError } from '../errors/upstream-error.ts';
import type { Call, Stage } from '../http/call.ts';
import { lastMoveOfBody } from '../http/trailed-body.ts';
import type { Circuit } from './circuit.ts';
import { outcomeOfError, outcomeOfReply, OVERTAKEN } from './outcome.ts';

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
    // What finds out whether the host is back is not for being fast.
    const pass = call.attempt?.isHedge && circuit.state !== 'closed' ? undefined : circuit.tryPass();
    call.receipt.circuit = circuit.state;
    if (pass === undefined) throw circuitOpen(call, circuit);
    const startedAt = clock.now();
    // How long a body takes to be sent says nothing of who takes it.
    const tookMs = (): number => clock.now() - Math.max(startedAt, lastMoveOfBody(call.body) ?? startedAt);
    const isSlow = (): boolean => tookMs() > slowAttemptRatio * call.operation.attemptTimeoutMs;
    try {
      const reply = await next(call);
      circuit.record(pass, outcomeOfReply(reply), isSlow());
      return reply;
    } catch (error) {
      const hadItsTime = isSlow() || tookMs() >= call.operation.attemptTimeoutMs;
      // Overtaken by another attempt or not, it was slow.
      const outcome = error === OVERTAKEN && isSlow() ? 'success' : outcomeOfError(call, error, hadItsTime);
      circuit.record(pass, outcome, isSlow());
      throw error;
    }
  };

const circuitOpen = (call: Call, { opensForMs }: Circuit): UpstreamError =>
  callError(call, {
    code: 'circuit_open',
    reason: 'the circuit is open: recent calls failed or were slow',
    retryAfterMs: Math.max(opensForMs, LEAST_RETRY_AFTER_MS),
    sent: false,
  });
