import type { CacheEntryParts } from './cache-entry.ts';

/** What is fresh for less would be fetched much more often than without. */
const SHORTEST_FRESH_MS = 1_000;

/** Share of its time, and ms, before its end: enough for an upstream to answer. */
const LAST_SHARE = 0.1;
const LEAST_MS = 250;

/**
 * From when on a fresh entry is near its end, on the clock's monotonic scale: somewhere in the first half of its last
 * tenth, so that instances which share it do not all begin at once. Counted from when it came: what came almost stale
 * would be near its end always.
 */
export const toAheadAt = ({ freshness, initialAgeMs, receivedAt }: CacheEntryParts): number => {
  const freshMs = freshness.lifetimeMs - initialAgeMs;
  if (freshMs < SHORTEST_FRESH_MS) return Infinity;
  const lastMs = Math.max(freshMs * LAST_SHARE, LEAST_MS);
  return receivedAt + freshMs - lastMs * (1 - Math.random() / 2);
};
