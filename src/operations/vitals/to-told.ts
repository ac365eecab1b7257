import type { AttemptRecord, CallReceipt, FailureKind } from '../../outbound/index.ts';

/** What a call tells of the service: it failed, it did well, we did not let the call through, or nothing. */
export type Told = 'failed' | 'well' | 'refused' | 'nothing';

/** No attempt that is over sooner makes a service slow, in ms. */
export const SLOW_FROM_MS = 500;

const REFUSED: ReadonlySet<string> = new Set<FailureKind>(['circuit_open', 'overloaded', 'not_configured']);

/** That there is no such thing is an answer; a caller that leaves and a mistake of our own say nothing of the service. */
export const toTold = ({ outcome, status }: CallReceipt): Told => {
  if (outcome === 'answered') return 'well';
  if (outcome === 'cancelled' || outcome === 'internal') return 'nothing';
  if (REFUSED.has(outcome)) return 'refused';
  return outcome === 'upstream_rejected' && (status === 404 || status === 410) ? 'well' : 'failed';
};

/** The service failed, whether or not a stale answer stood in. */
export const isInVain = (receipt: CallReceipt): boolean =>
  toTold(receipt) === 'failed' || receipt.cache?.detail === 'stale-if-error';

/** Why a call failed, or would have without the stale answer that stood in. */
export const toCause = ({ outcome, attempts }: CallReceipt): FailureKind =>
  outcome === 'answered' ? (attempts.at(-1)?.code ?? 'upstream_failed') : outcome;

/** False for one that we did not let out. */
export const isMade = ({ code }: AttemptRecord): boolean => code === undefined || !REFUSED.has(code);

/** A 4xx is an answer of a service that works, as the breaker sees it; that it throttles us is worth knowing. */
export const hasFailed = ({ status = 0, code }: AttemptRecord): boolean =>
  status >= 500 || status === 429 || status === 408 || (code?.startsWith('upstream_') ?? false);

/**
 * How long the service took; undefined when that cannot be told. Our own line and the wait for a token are not its time.
 * An attempt that its caller gave up tells something only when it had been under way for a while.
 */
export const toTookMs = ({ status, code, durationMs, dispatchedMs, queuedMs }: AttemptRecord): number | undefined => {
  const tookMs = durationMs - (dispatchedMs ?? queuedMs);
  if (status !== undefined || code === 'upstream_timeout') return tookMs;
  return code === 'cancelled' && tookMs >= SLOW_FROM_MS ? tookMs : undefined;
};
