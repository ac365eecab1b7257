import type { Processor } from 'bullmq';
import type { CancelSignal } from '../../platform/cancellation.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/logging/log.ts';
import { unlessAborted } from '../../platform/unless-aborted.ts';
import type { Attempted, CallHandler } from '../call-queue.ts';

/** What the handler could not even keep is tried again then: the store is gone, or we are wrong. */
const AGAIN_AFTER_FAULT_MS = 5_000;

interface ProcessParts {
  readonly handler: CallHandler;
  readonly clock: Clock;
  readonly log: Log;
  /** What runs is to end now. */
  readonly stopping: CancelSignal;
  /** Nobody waits any more for what still runs: it goes back into the queue. */
  readonly returning: CancelSignal;
}

/** What BullMQ does with an id that is due. It hears of no failure: an id leaves the queue when its call is over, or is put off. */
export const createProcessor = async (parts: ProcessParts): Promise<Processor> => {
  const { DelayedError, WaitingError } = await import('bullmq');
  return async (job, token) => {
    const attempted = await attempt(job.id ?? '', parts);
    if (attempted === RETURNED) {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    if (attempted.isOver) return;
    await job.moveToDelayed(parts.clock.wallTime() + attempted.againInMs, token);
    throw new DelayedError();
  };
};

const RETURNED = Symbol('returned');

const attempt = async (
  callId: string,
  { handler, stopping, returning, log }: ProcessParts,
): Promise<Attempted | typeof RETURNED> => {
  try {
    return await unlessAborted(handler(callId, stopping), returning);
  } catch (error) {
    if (returning.aborted) return RETURNED;
    log.warn({ callId, error }, 'A background call could not be attempted: it is tried again');
    return { isOver: false, againInMs: AGAIN_AFTER_FAULT_MS };
  }
};
