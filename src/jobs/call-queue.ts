import type { CancelSignal } from '../platform/cancellation.ts';

/**
 * Has a call attempted. Resolves when the attempt is over and what follows from it is kept. Never throws for a failed attempt; when
 * it throws all the same, such as for want of the records, the call is attempted again in some seconds. `stopping` aborts
 * when this worker has to stop: what runs is to end within a second, for then another worker gets the call.
 */
export type CallHandler = (callId: string, stopping: CancelSignal) => Promise<Attempted>;

/** What follows from an attempt: nothing, or another one, `againInMs` from now. */
export type Attempted = { readonly isOver: true } | { readonly isOver: false; readonly againInMs: number };

/**
 * Brings the ids of calls to workers, at the time they are due: BullMQ, on Redis or on the embedded store. It holds ids only; what
 * a call is and how far it got is in the records. What is acknowledged is not lost: when a worker dies, another gets the id.
 */
export abstract class CallQueue {
  /** Does nothing when the id is in the queue already. */
  abstract add(callId: string, delayMs: number): Promise<void>;

  /** Whether it was taken out; false when it is not there, or a worker has it. */
  abstract remove(callId: string): Promise<boolean>;

  /** Whether the queue knows it: waiting, delayed or with a worker. */
  abstract has(callId: string): Promise<boolean>;

  /**
   * From now on this process is a worker; a stop of the application lets what runs finish, for as long as a stop may take, and
   * gives the rest back. Resolves when calls are taken: where there is no store yet, that is after the first `add`.
   */
  abstract work(handler: CallHandler): Promise<void>;

  /** Tells the worker that has the call, in whatever process, that it is cancelled. */
  abstract announceCancel(callId: string): Promise<void>;

  /** Hears of announced cancellations, in every process that works. Nothing is promised of what is announced while the store is gone. */
  abstract onCancel(listener: (callId: string) => void): void;
}
