import { pino, stdTimeFunctions, type DestinationStream } from 'pino';
import type { LogLevel } from '../server.config.ts';
import { Log } from './log.ts';
import { describeError, withoutCredentials } from './describe-error.ts';

/** Where log lines go; a test puts its own in this place. */
export abstract class LogDestination implements DestinationStream {
  abstract write(line: string): void;
}

/** Whatever was passed: an error becomes a described one, a message loses what looks like a credential. */
function logSafely(this: unknown, [fields, message]: unknown[], method: (...args: unknown[]) => void): void {
  const isError = fields instanceof Error;
  const text = message ?? (isError ? fields.message : undefined);
  method.call(this, isError ? { error: fields } : fields, typeof text === 'string' ? withoutCredentials(text) : text);
}

/** One JSON object a line; errors only as far as `describeError` lets them through. */
export const createLog = (level: LogLevel, destination: DestinationStream): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: (thrown) => describeError(thrown), err: (thrown) => describeError(thrown) },
      hooks: { logMethod: logSafely },
    },
    destination,
  );
