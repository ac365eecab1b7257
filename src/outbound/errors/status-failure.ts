import type { UpstreamErrorCode } from './upstream-error.ts';

/** Those that say where else to ask (RFC 9110 §15.4), unlike 304. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export const isRedirect = (status: number): boolean => REDIRECTS.has(status);

/** What an answer's status means to our caller; undefined when it is an answer that can be used. */
export const toFailureCode = (status: number, { mayRedirect = false } = {}): UpstreamErrorCode | undefined => {
  if ((status >= 200 && status < 300) || (mayRedirect && isRedirect(status))) return undefined;
  if (status === 408) return 'upstream_timeout';
  if (status === 429) return 'upstream_throttled';
  if (status >= 500) return 'upstream_failed';
  if (status >= 400) return 'upstream_rejected';
  return 'upstream_invalid_answer';
};
