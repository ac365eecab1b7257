/** Least time between two rounds of questions, whatever their answers say of themselves. */
const SHORTEST_MS = 1_000;

/** For answers that say nothing of how long they hold: SRV records, the hosts file. */
export const ASSUMED_LIFE_MS = 10_000;

/**
 * How long to wait before asking again, in ms: as long as the answers hold, at least a second, and `refreshMs` at most.
 * In trouble a second, then twice as long each time, but no longer than without.
 */
export const nextPause = (ttlMs = ASSUMED_LIFE_MS, refreshMs: number, timesTroubled: number): number => {
  const regular = Math.max(SHORTEST_MS, ttlMs);
  const soon = timesTroubled === 0 ? Infinity : SHORTEST_MS * 2 ** (timesTroubled - 1);
  return Math.min(refreshMs, regular, soon);
};
