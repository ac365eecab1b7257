import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.ts';

type Level = 'fatal' | 'error' | 'warn' | 'debug' | 'trace';

/** Lets Nest's own messages, and `new Logger('Context')`, end in our log. What Nest says of its start is for debugging. */
export const toNestLogger = (log: Log): LoggerService => {
  const to =
    (level: Level) =>
    (message: unknown, ...rest: unknown[]): void => {
      const context = rest.at(-1);
      const fields = {
        ...(typeof context === 'string' && { context }),
        ...(message instanceof Error && { error: message }),
      };
      log[level](fields, String(message));
    };
  return {
    fatal: to('fatal'),
    error: to('error'),
    warn: to('warn'),
    log: to('debug'),
    debug: to('trace'),
    verbose: to('trace'),
  };
};
