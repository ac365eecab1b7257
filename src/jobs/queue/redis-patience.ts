import type { Patience } from '../../platform/redis/patience.ts';

/** As long as a caller may wait to hear that a call is kept. */
export const QUEUE_PATIENCE: Patience = {
  limitMs: 2_000,
  maxFailures: 3,
  longestPauseMs: 2_000,
  waitsForConnection: true,
  lostMessage: 'Redis does not answer: background calls cannot be queued until it is back',
  backMessage: 'Redis is back: background calls are queued again',
};

/** A worker waits. */
export const WORKER_PATIENCE: Patience = {
  ...QUEUE_PATIENCE,
  lostMessage: 'Redis does not answer: background calls wait until it is back',
  backMessage: 'Redis is back: background calls are made again',
};
