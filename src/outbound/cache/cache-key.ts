import type { Call } from '../http/call.ts';

const PUBLIC = 'public';

/** What is passed on may be encoded as one caller asked for it; what we read ourselves never is. */
const AS_IT_CAME = '~';

type Located = Pick<Call, 'provider' | 'principal' | 'origin' | 'path' | 'streams'> & Partial<Pick<Call, 'headers'>>;

/**
 * What a GET of this URL on behalf of this principal is stored under; its variants add to it.
 * HEAD shares it: its answer is that of GET without the body (RFC 9110 §9.3.2). No other method is stored.
 */
export const toCacheKey = ({ provider, principal, origin, path, streams, headers }: Located): string => {
  const whose = principal === undefined ? PUBLIC : `=${principal.id}`;
  return `${provider} ${whose} ${streams ? AS_IT_CAME + toAskedBy(headers) : ''}${origin}${path}`;
};

/** By which name it was asked for, and how: servers write references of their own by that, and say so in no `Vary`. */
const toAskedBy = (headers: Call['headers'] = {}): string =>
  ASKED_BY.map((name) => `${String(headers[name] ?? '')} `).join('');

const ASKED_BY = ['x-forwarded-proto', 'x-forwarded-host', 'host'];
