import { UpstreamError, type UpstreamErrorCode } from '../../outbound/index.ts';
import { VaultUnavailable } from '../../platform/vault/vault.ts';
import { toProblemParts } from '../problems/to-problem.ts';

/** With these the upstream has not done what it was asked for, or was not asked. */
const REFUSED: ReadonlySet<UpstreamErrorCode> = new Set([
  ...(['circuit_open', 'not_configured', 'overloaded'] as const),
  ...(['upstream_rejected', 'upstream_throttled'] as const),
]);

/**
 * Whether it is certain that what failed like this has changed nothing, so that it may be sent again as if it were new.
 * Holds for handlers that write once: one that writes to several must not let the refusal of a later one out as it is.
 */
export const isCertainlyUndone = (thrown: unknown): boolean => {
  if (thrown instanceof UpstreamError) return !thrown.sent || REFUSED.has(thrown.code);
  // Asked for credentials, before anything is sent.
  if (thrown instanceof VaultUnavailable) return true;
  return toProblemParts(thrown).status < 500;
};
