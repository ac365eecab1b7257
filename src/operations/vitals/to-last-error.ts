import type { AttemptRecord, CallReceipt, FailureKind } from '../../outbound/index.ts';
import { toCause } from './to-told.ts';
import type { LastError } from './vitals.ts';

const ENDED = 'ended: ';

/** What a call that failed tells, or would have, had no stale answer stood in. */
export const toLastError = (receipt: CallReceipt, at: string): LastError => {
  const { attempts, decisions, outcome, operation, requestId } = receipt;
  const last = attempts.at(-1);
  const status = outcome === 'answered' ? last?.status : receipt.status;
  const ending = decisions.findLast((decision) => decision.startsWith(ENDED))?.slice(ENDED.length);
  return {
    at,
    operation,
    code: toCause(receipt),
    reason: ending ?? last?.error ?? tellStatus(status),
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
  };
};

/** The same of one attempt. */
export const toAttemptError = (
  attempt: AttemptRecord,
  { operation, requestId }: CallReceipt,
  at: string,
): LastError => ({
  at,
  operation,
  code: attempt.code ?? toCode(attempt.status),
  reason: attempt.error ?? tellStatus(attempt.status),
  ...(attempt.status !== undefined && { status: attempt.status }),
  ...(requestId !== undefined && { requestId }),
});

const tellStatus = (status: number | undefined): string => (status === undefined ? 'no answer' : `status ${status}`);

const toCode = (status: number | undefined): FailureKind =>
  status === 429 ? 'upstream_throttled' : status === 408 ? 'upstream_timeout' : 'upstream_failed';
