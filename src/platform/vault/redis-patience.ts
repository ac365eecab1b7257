import type { Patience } from '../redis/patience.ts';

/** More than others have, and pauses that stay short, as nobody can log in meanwhile. */
export const REDIS_PATIENCE: Patience = {
  limitMs: 250,
  maxFailures: 3,
  longestPauseMs: 1_000,
  waitsForConnection: true,
  lostMessage: 'Redis does not answer: sessions and tokens cannot be read until it is back',
  backMessage: 'Redis is back: sessions and tokens can be read again',
};
