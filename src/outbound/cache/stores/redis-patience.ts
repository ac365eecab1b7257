import type { Patience } from '../../../platform/redis/patience.ts';

/** Little: the cache does without. A lookup may need two questions. */
export const REDIS_PATIENCE: Patience = {
  limitMs: 25,
  maxFailures: 3,
  longestPauseMs: 30_000,
  waitsForConnection: false,
  lostMessage: 'Redis does not answer: the cache works on memory alone until it is back',
  backMessage: 'Redis is back: the cache is shared again',
};
