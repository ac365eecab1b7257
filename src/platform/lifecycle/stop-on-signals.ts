import type { INestApplicationContext } from '@nestjs/common';
import { Log } from '../logging/log.ts';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Exit status for an end that was forced, as shells report it for SIGTERM. */
const FORCED = 143;

/** Time for the last log lines to be written. */
const LINGER_MS = 500;

/** The first signal stops the process gracefully; a second one ends it at once. */
export const stopOnSignals = (app: INestApplicationContext): void => {
  const log = app.get(Log);
  let isStopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (isStopping) process.exit(FORCED);
    isStopping = true;
    log.info({ signal }, 'Stopping: requests in flight are finished first; a second signal ends them');
    await app.close();
    log.info({}, 'Stopped');
    // Whatever else may still hold the process: everything that matters is closed.
    setTimeout(() => process.exit(0), LINGER_MS).unref();
  };
  for (const signal of SIGNALS) process.on(signal, (received) => void stop(received));
};
