import { UpstreamError } from '../../outbound/index.ts';
import type { FailedDelivery } from './judge-answer.ts';

/** What an attempt ends with after which there is no other. */
export const toFinal = ({ status, error }: FailedDelivery): UpstreamError => {
  const { code, provider, operation, reason, sent } = error;
  const final = status === null ? code : 'upstream_failed';
  return new UpstreamError({ code: final, provider, operation, reason, sent, transient: false });
};
