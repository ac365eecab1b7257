import { destination, type DestinationStream } from 'pino';

/** JSON lines for machines, written in the background and flushed at exit; colours and one line each in a terminal. */
export const openStdout = async (): Promise<DestinationStream> => {
  if (!process.stdout.isTTY) return destination({ dest: 1, sync: false, minLength: 0 });
  const { default: pretty } = await import('pino-pretty');
  return pretty({ colorize: true, singleLine: true, ignore: 'pid,hostname', sync: true });
};
