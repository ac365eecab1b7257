/** 30 years: any store can count so far. */
const LONGEST_TTL_MS = 1_000_000_000_000;

/** Whole milliseconds, rounded down; 0 for what is not to be kept at all. */
export const toWholeTtl = (ttlMs: number): number => Math.floor(Math.min(Math.max(ttlMs, 0), LONGEST_TTL_MS));
