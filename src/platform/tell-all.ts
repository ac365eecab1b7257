import type { Log } from './logging/log.ts';

/** Calls each listener. One that throws harms neither the others nor what they are told of: it is said in the log. */
export const tellAll = <T>(listeners: Iterable<(told: T) => void>, told: T, log: Log | undefined): void => {
  for (const listener of listeners) {
    try {
      listener(told);
    } catch (error) {
      log?.error({ error }, 'Something that listens failed');
    }
  }
};
