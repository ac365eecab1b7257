/** Statuses that may be kept without a word about it (RFC 9110 §15.1); 206 would need its parts put together. */
const HEURISTICALLY_CACHEABLE: ReadonlySet<number> = new Set([200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501]);

/** Statuses whose caching rules are followed here (RFC 9111 §5.2.2.3): those of RFC 9110, partial content aside. */
const UNDERSTOOD: ReadonlySet<number> = new Set([
  200, 201, 202, 203, 204, 205, 300, 301, 302, 303, 305, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409,
  410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 426, 500, 501, 502, 503, 504, 505,
]);

/** What an answer may be replaced for by one that is stale, as it would be an error of ours (RFC 5861 §4). */
const REPLACEABLE: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

export const isHeuristicallyCacheable = (status: number): boolean => HEURISTICALLY_CACHEABLE.has(status);

export const isUnderstood = (status: number): boolean => UNDERSTOOD.has(status);

/** Tells of the upstream's state and not of the resource. */
export const isError = (status: number): boolean => status >= 500 || status === 429;

export const isReplaceable = (status: number): boolean => REPLACEABLE.has(status);
