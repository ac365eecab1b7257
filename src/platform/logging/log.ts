import type { LogLevel } from '../server.config.ts';
import type { LogFields } from './logged-fields.ts';

type Write = (fields: LogFields | Error, message?: string) => void;

/** Structured logging: fields first, then one plain sentence. Backed by pino; inject this. */
export abstract class Log {
  /** Least severe level that is written. It may be changed at any time. */
  abstract level: LogLevel;
  abstract trace: Write;
  abstract debug: Write;
  abstract info: Write;
  abstract warn: Write;
  abstract error: Write;
  abstract fatal: Write;
  /** Whether a line of that level would be written: ask before computing its fields. */
  abstract isLevelEnabled(level: string): boolean;
}
