import type { INestApplicationContext } from '@nestjs/common';
import { Log } from '../logging/log.ts';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Exit status for an end that was forced, as shells report it for SIGTERM. */
const FORCED = 143;

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
    process.exitCode = 0;
  };
  for (const signal of SIGNALS) process.on(signal, (received) => void stop(received));
};
