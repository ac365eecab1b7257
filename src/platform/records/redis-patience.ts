import type { Patience } from '../redis/patience.ts';

/** As long as a caller who waits for an answer can bear: what is kept here has nowhere else to go. */
export const REDIS_PATIENCE: Patience = {
  limitMs: 2_000,
  maxFailures: 3,
  longestPauseMs: 1_000,
  waitsForConnection: true,
  lostMessage: 'Redis does not answer: background calls and idempotency keys cannot be read until it is back',
  backMessage: 'Redis is back: background calls and idempotency keys can be read again',
};
