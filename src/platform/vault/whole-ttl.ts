import { DAY_MS } from '../durations.ts';
/** Longer than any browser keeps a cookie; what somebody else says of a token's life may be absurd. */
const LONGEST_TTL_MS = 400 * DAY_MS;

/** Whole milliseconds; 0 for what is not to be kept at all. */
export const toWholeTtl = (ttlMs: number): number => (ttlMs >= 1 ? Math.floor(Math.min(ttlMs, LONGEST_TTL_MS)) : 0);
