import type { UpstreamErrorCode } from './upstream-error.ts';

/** What an answer's status means to our caller; undefined when it is an answer that can be used. */
export const toFailureCode = (status: number): UpstreamErrorCode | undefined => {
  if (status >= 200 && status < 300) return undefined;
  if (status === 408) return 'upstream_timeout';
  if (status === 429) return 'upstream_throttled';
  if (status >= 500) return 'upstream_failed';
  if (status >= 400) return 'upstream_rejected';
  return 'upstream_invalid_answer';
};
