import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.ts';

/** Lets Nest's own messages, and `new Logger('Context')`, end in our log. */
export const toNestLogger = (log: Log): LoggerService => {
  const to =
    (level: 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal') =>
    (message: unknown, ...rest: unknown[]): void =>
      log[level]({ context: rest.at(-1), ...(message instanceof Error ? { error: message } : {}) }, String(message));
  return {
    log: to('debug'),
    error: to('error'),
    warn: to('warn'),
    debug: to('trace'),
    verbose: to('trace'),
    fatal: to('fatal'),
  };
};
