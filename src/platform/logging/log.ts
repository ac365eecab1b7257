/** Structured logging: fields first, then one plain sentence. Backed by pino; inject this. */
export abstract class Log {
  abstract trace(fields: object, message?: string): void;
  abstract debug(fields: object, message?: string): void;
  abstract info(fields: object, message?: string): void;
  abstract warn(fields: object, message?: string): void;
  abstract error(fields: object, message?: string): void;
  abstract fatal(fields: object, message?: string): void;
  /** Whether a line of that level would be written: ask before computing its fields. */
  abstract isLevelEnabled(level: string): boolean;
}
