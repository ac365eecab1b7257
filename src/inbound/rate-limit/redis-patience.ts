import type { Patience } from '../../platform/redis/patience.ts';

/** Every request would wait: one that was not answered is enough. */
export const REDIS_PATIENCE: Patience = {
  limitMs: 100,
  maxFailures: 1,
  longestPauseMs: 1_000,
  waitsForConnection: false,
  lostMessage: 'Redis does not answer: each instance counts requests on its own until it is back',
  backMessage: 'Redis is back: requests are counted for all instances together',
};
