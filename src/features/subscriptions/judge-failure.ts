import { UpstreamError } from '../../outbound/index.ts';
import type { FailedDelivery } from './judge-answer.ts';
import { RECEIVERS } from './receivers.ts';

/** What the pipeline calls a connection that it refused to make. */
const EGRESS_REFUSED = /^EGRESS_REFUSED/;

/** It is not to be tried again. */
export const refusedDelivery = (detail: string): FailedDelivery => ({
  ...{ outcome: 'failed', status: null, detail },
  error: new UpstreamError({
    code: 'upstream_unreachable',
    ...{ provider: RECEIVERS, operation: 'deliver', reason: detail, sent: false, transient: false },
  }),
});

/**
 * An attempt that had no answer. Certificates are renewed and servers mended within hours: that is worth trying again,
 * unlike a connection that we refuse to make.
 */
export const judgeFailure = (error: UpstreamError): FailedDelivery => {
  const { code, reason, sent } = error;
  if (EGRESS_REFUSED.test(reason)) return refusedDelivery('The URL leads to an address that webhooks do not go to');
  const isTimeout = code === 'upstream_timeout';
  const detail = isTimeout ? 'The receiver did not answer in time' : 'The receiver could not be reached';
  return {
    ...{ outcome: 'failed', status: null, detail },
    error: new UpstreamError({
      code: isTimeout ? 'upstream_timeout' : 'upstream_unreachable',
      ...{ provider: RECEIVERS, operation: 'deliver', reason, sent },
    }),
  };
};
