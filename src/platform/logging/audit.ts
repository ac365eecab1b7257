import type { Log } from './log.ts';
import type { LogFields } from './logged-fields.ts';

/** Writes a line at level warn, however little is logged otherwise: whoever acts cannot have it left out. */
export const audit = (log: Log, fields: LogFields, sentence: string): void => {
  const { level } = log;
  if (!log.isLevelEnabled('warn')) log.level = 'warn';
  log.warn(fields, sentence);
  log.level = level;
};
