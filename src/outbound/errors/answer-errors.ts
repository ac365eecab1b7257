import type { Clock } from '../../platform/clock.ts';
import type { ExplainFailure } from '../define-provider.ts';
import type { Reply } from '../http/call.ts';
import { callError, type CallIdentity } from './call-error.ts';
import { toExplanation } from './explanation.ts';
import { toRetryAfterMs } from './retry-after.ts';
import { toFailureCode } from './status-failure.ts';
import type { UpstreamError } from './upstream-error.ts';

interface Understanding {
  readonly explain: ExplainFailure;
  readonly clock: Clock;
}

/** An answer whose status says that it is of no use. */
export const toStatusError = (
  call: CallIdentity,
  { status, headers, body }: Reply,
  { explain, clock }: Understanding,
): UpstreamError => {
  const explanation = toExplanation(explain(body));
  const retryAfterMs = toRetryAfterMs(headers['retry-after'], clock.wallTime());
  return callError(call, {
    code: toFailureCode(status) ?? 'upstream_invalid_answer',
    reason: explanation === undefined ? `status ${status}` : `status ${status}: ${explanation}`,
    status,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
};

/** An answer that is not what it has to be. */
export const unusableAnswer = (call: CallIdentity, { status }: Pick<Reply, 'status'>, reason: string): UpstreamError =>
  callError(call, { code: 'upstream_invalid_answer', reason, status, transient: false });
