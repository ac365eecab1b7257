import type { Clock } from '../../platform/clock.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import type { Endpoints, Lease } from '../endpoints/endpoints.ts';
import { callError } from '../errors/call-error.ts';
import { UpstreamError } from '../errors/upstream-error.ts';
import type { Call, Reply, Stage } from '../http/call.ts';
import { currentAttempt, leaveRequest, sinceAttemptBegan } from '../telemetry/attempt-record.ts';
import type { CallReceipt } from '../telemetry/call-receipt.ts';
import { SENT_ELSEWHERE } from '../telemetry/decisions.ts';
import type { Outcome } from './circuit.ts';
import { outcomeOfError, outcomeOfReply } from './outcome.ts';
import { judgeError } from './retry-safety.ts';

export interface FailoverParts {
  readonly endpoints: Endpoints;
  readonly clock: Clock;
  readonly idempotencyHeader: string;
}

const NONE: ReadonlySet<Endpoint> = new Set();

/**
 * Chooses the server of each attempt. Where one cannot be reached, another is tried at once, if repeating is safe: that
 * costs no budget, for the others get no more calls than there are. A server that failed a call gets it again, in this
 * attempt or a later one, only when there is no other.
 */
export const failover = ({ endpoints, clock, idempotencyHeader }: FailoverParts): Stage => {
  const keyHeader = idempotencyHeader.toLowerCase();
  /** All attempts at a call have the same receipt. */
  const triedBy = new WeakMap<CallReceipt, Set<Endpoint>>();
  const noteTried = ({ receipt }: Call, endpoint: Endpoint): Set<Endpoint> => {
    const tried = triedBy.get(receipt) ?? new Set();
    triedBy.set(receipt, tried.add(endpoint));
    return tried;
  };
  return (next) => async (call) => {
    let lease = endpoints.pick(call, triedBy.get(call.receipt) ?? NONE) ?? endpoints.pick(call, NONE);
    if (lease === undefined) throw noServer(call);
    for (;;) {
      const startedAt = clock.now();
      noteServer(call, lease.endpoint);
      // An attempt beside this one is for not having to wait for the same server.
      if (call.attempt) noteTried(call, lease.endpoint);
      try {
        const reply = await next({ ...call, endpoint: lease.endpoint });
        if (reply.status >= 500) noteTried(call, lease.endpoint);
        return settle(lease, call, reply);
      } catch (error) {
        const hadItsTime = clock.now() - startedAt >= call.operation.attemptTimeoutMs;
        settleAs(lease, outcomeOfError(call, error, hadItsTime));
        const tried = noteTried(call, lease.endpoint);
        const other = mayGoElsewhere(call, error, keyHeader) ? endpoints.pick(call, tried) : undefined;
        if (other === undefined) throw error;
        noteElsewhere(call, error as UpstreamError, clock);
        lease = other;
      }
    }
  };
};

const noteServer = (call: Call, { id }: Endpoint): void => {
  const attempt = currentAttempt(call);
  if (attempt) attempt.server = id;
};

const noteElsewhere = (call: Call, { code, reason: error }: UpstreamError, clock: Clock): void => {
  const { receipt } = call;
  receipt.decisions.push(`${SENT_ELSEWHERE}: ${error}`);
  const attempt = currentAttempt(call);
  if (attempt) leaveRequest(call, { code, error, endedMs: sinceAttemptBegan(attempt, receipt, clock) });
};

/** The server counts as busy to the end of its answer. */
const settle = (lease: Lease, call: Call, reply: Reply): Reply => {
  const outcome = outcomeOfReply(reply);
  if (reply.rest) {
    // One that breaks off is no better than none.
    reply.rest.whenOver((error) => settleAs(lease, error ? outcomeOfError(call, error, true) : outcome));
    return reply;
  }
  lease.judge(outcome);
  if (reply.tunnel && !reply.tunnel.closed) reply.tunnel.once('close', () => lease.end());
  else lease.end();
  return reply;
};

const settleAs = (lease: Lease, outcome: Outcome): void => {
  lease.judge(outcome);
  lease.end();
};

/** Time that was spent waiting is not spent again: those who may repeat it see to that, and to what it costs. */
const mayGoElsewhere = (call: Call, error: unknown, keyHeader: string): boolean => {
  if (!(error instanceof UpstreamError) || error.provider !== call.provider || call.signal.aborted) return false;
  if (error.code === 'circuit_open') return true;
  return error.code === 'upstream_unreachable' && judgeError(call, error, keyHeader).mayRepeat;
};

const noServer = (call: Call): UpstreamError =>
  callError(call, { code: 'upstream_unreachable', reason: 'no server is known', sent: false });
