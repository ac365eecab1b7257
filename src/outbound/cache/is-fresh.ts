import type { Reply } from '../http/call.ts';

/** Whether an answer is one for others, too: it is kept, and was not stale when it came. */
export const isFresh = ({ stored }: Pick<Reply, 'stored'>): boolean =>
  stored !== undefined && stored.freshness.lifetimeMs > stored.initialAgeMs;
