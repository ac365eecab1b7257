import { destination, type DestinationStream } from 'pino';

/** Lines are written together: each by itself costs as much again as making it. */
const GATHERED = { minLength: 8_192, periodicFlush: 100 };

/**
 * JSON lines for machines, written in the background a tenth of a second later at most, and flushed at exit; colours and one
 * line each in a terminal.
 */
export const openStdout = async (): Promise<DestinationStream> => {
  if (!process.stdout.isTTY) return destination({ dest: 1, sync: false, ...GATHERED });
  const { default: pretty } = await import('pino-pretty');
  return pretty({ colorize: true, singleLine: true, ignore: 'pid,hostname', sync: true });
};
