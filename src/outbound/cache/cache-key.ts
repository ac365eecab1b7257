import type { Call } from '../http/call.ts';

const PUBLIC = 'public';

/** What is passed on may be encoded as one caller asked for it; what we read ourselves never is. */
const AS_IT_CAME = '~';

type Located = Pick<Call, 'provider' | 'principal' | 'origin' | 'path' | 'streams'>;

/**
 * What a GET of this URL on behalf of this principal is stored under; its variants add to it.
 * HEAD shares it: its answer is that of GET without the body (RFC 9110 §9.3.2). No other method is stored.
 */
export const toCacheKey = ({ provider, principal, origin, path, streams }: Located): string =>
  `${provider} ${principal === undefined ? PUBLIC : `=${principal.id}`} ${streams ? AS_IT_CAME : ''}${origin}${path}`;
