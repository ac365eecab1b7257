import { Cancellation } from '../../platform/cancellation.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/logging/log.ts';
import type { CallHandler } from '../call-queue.ts';
import { createProcessor } from './process-call.ts';
import type { OpenWorker, QueueHome } from './queue-home.ts';

/** Of the time that a stop may take: for calls to end that were told to, and then to give the rest back. */
const LAST_MS = 2_000;
/** What giving back may take, however little time there is. */
const LEAST_MS = 500;

export interface ShiftParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Calls made at the same time. */
  readonly concurrency: number;
  /** How long the end may take, in ms. */
  readonly endWithinMs: number;
}

/** This process as a worker. */
export interface Shift {
  /** Takes nothing new from now on; resolves when nothing runs any more, or was given back. Never fails. */
  end(): Promise<void>;
}

export const beginShift = async (home: QueueHome, handler: CallHandler, parts: ShiftParts): Promise<Shift> => {
  const { clock, log, concurrency } = parts;
  const [stopping, returning] = [new Cancellation(), new Cancellation()];
  const process = await createProcessor({ handler, clock, log, stopping, returning });
  const opened = await home.openWorker(process, concurrency);
  const { isNotConnectionError } = await import('bullmq');
  // That a connection is lost is said once, by whoever made it.
  opened.worker.on('error', (error) =>
    log[isNotConnectionError(error) ? 'warn' : 'debug']({ error }, 'The worker of background calls met an error'),
  );
  return { end: () => end(opened, parts, stopping, returning) };
};

const end = async (
  { worker, cutOff }: OpenWorker,
  { clock, log, endWithinMs }: ShiftParts,
  stopping: Cancellation,
  returning: Cancellation,
): Promise<void> => {
  const lastMs = Math.min(LAST_MS, endWithinMs / 2);
  const reason = new Error('The worker stops');
  const late = Promise.withResolvers<boolean>();
  const cancels = [
    clock.schedule(() => stopping.abort(reason), endWithinMs - lastMs),
    clock.schedule(() => returning.abort(reason), endWithinMs - lastMs / 2),
    clock.schedule(() => late.resolve(false), Math.max(endWithinMs, LEAST_MS)),
  ];
  const isInTime = await Promise.race([worker.close().then(() => true), late.promise]);
  for (const cancel of cancels) cancel();
  if (isInTime) return;
  log.warn(
    { endWithinMs },
    'Background calls could not be given back in time: another worker takes them in half a minute',
  );
  cutOff();
};
