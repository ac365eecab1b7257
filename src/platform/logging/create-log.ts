import { pino, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../server.config.ts';
import { isoTime } from './iso-time.ts';
import type { Log } from './log.ts';
import { toLogged, toSentence } from './to-logged.ts';

/** Where log lines go; a test puts its own in this place. */
export abstract class LogDestination implements DestinationStream {
  abstract write(line: string): void;
}

/** Whatever was passed, only what is declared gets through; an error without a sentence is described by its own. */
function logSafely(this: unknown, [fields, message]: unknown[], method: (...args: unknown[]) => void): void {
  const kept = toLogged(fields);
  method.call(this, kept, toSentence(message) ?? messageOf(kept));
}

const messageOf = ({ error }: { readonly error?: { readonly message?: unknown } }): unknown => error?.message;

/** One JSON object a line, of what `LOGGED_FIELDS` lets through. */
export const createLog = (level: LogLevel, destination: DestinationStream): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // It is described already.
      serializers: { err: (described: unknown) => described },
      hooks: { logMethod: logSafely },
    },
    destination,
  ) as Logger & { level: LogLevel };
