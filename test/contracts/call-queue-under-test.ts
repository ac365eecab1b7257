import type { CallQueue } from '../../src/jobs/call-queue.ts';

/** A queue as one process has it. */
export interface OpenedQueue {
  readonly queue: CallQueue;
  /** What happens to it when the process is told to stop. */
  stop(): Promise<void>;
}

/** Where queues are: every one opened there is the same one, seen by another process. */
export interface QueuePlace {
  /** @param endWithinMs how long its stop may take. Default 1,000. */
  open(endWithinMs?: number): Promise<OpenedQueue>;
  /** Stops what is not stopped yet, and forgets all that is in the queue. */
  clear(): Promise<void>;
}
