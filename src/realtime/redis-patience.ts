import type { Patience } from '../platform/redis/patience.ts';

/** Nobody waits for an event to be told, but what it tells of waits to go on. */
export const REDIS_PATIENCE: Patience = {
  limitMs: 1_000,
  maxFailures: 3,
  longestPauseMs: 1_000,
  waitsForConnection: true,
  lostMessage: 'Redis does not answer: live updates are dropped until it is back',
  backMessage: 'Redis is back: live updates are told again',
};
