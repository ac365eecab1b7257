import { pino, stdTimeFunctions, type DestinationStream } from 'pino';
import type { LogLevel } from '../server.config.ts';
import { Log } from './log.ts';
import { describeError } from './describe-error.ts';

/** Where log lines go; a test puts its own in this place. */
export abstract class LogDestination implements DestinationStream {
  abstract write(line: string): void;
}

/** One JSON object a line; errors only as far as `describeError` lets them through. */
export const createLog = (level: LogLevel, destination: DestinationStream): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: describeError },
    },
    destination,
  );
