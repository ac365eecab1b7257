import type { Log } from '../platform/logging/log.ts';

/** Runs somebody else's code: what fails in it is logged, and is no reason for others not to hear of something. */
export const runListener = (log: Log, topic: string, listener: () => void): void => {
  try {
    listener();
  } catch (error) {
    log.error({ topic, error }, 'A listener failed, by our mistake');
  }
};
