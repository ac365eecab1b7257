import { createLog } from '../../src/platform/logging/create-log.ts';
import type { Log } from '../../src/platform/logging/log.ts';

export interface CapturedLog {
  readonly log: Log;
  /** Everything logged so far, as written. */
  readonly lines: string[];
}

/** The log of the application at its most talkative, kept in memory. */
export const captureLog = (): CapturedLog => {
  const lines: string[] = [];
  return { log: createLog('trace', { write: (line) => void lines.push(line) }), lines };
};
