import type { Processor, Queue } from 'bullmq';

interface Open {
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

/** What we need of BullMQ's queue, wherever it is. */
export type OpenQueue = Pick<Queue, 'add' | 'remove' | 'getJobState'> & Open;

/** BullMQ's worker, and what ends it when it cannot end by itself. */
export interface OpenWorker {
  readonly worker: Open;
  /** Gives up its connections, whatever they are doing. */
  readonly cutOff: () => void;
}

/** Where the queue is: what of it is Redis, and what is the embedded store. Nothing is loaded before it is opened. */
export abstract class QueueHome {
  /** Whether a worker may be opened although nothing was ever added: nothing has to be made for it. */
  abstract readonly exists: boolean;

  abstract openQueue(): Promise<OpenQueue>;

  abstract openWorker(process: Processor, concurrency: number): Promise<OpenWorker>;

  /**
   * What is asked of the queue, in a time that somebody may wait.
   * @throws RecordsUnavailable
   */
  abstract ask<T>(question: () => Promise<T>): Promise<T>;

  abstract announceCancel(callId: string): Promise<void>;

  abstract onCancel(listener: (callId: string) => void): Promise<void>;
}
