/** Has a call attempted. Resolves when the attempt is over and what follows from it is kept. Never throws for a failed attempt. */
export type CallHandler = (callId: string) => Promise<Attempted>;

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
   * From now on this process is a worker; `close` of the module lets what runs finish, for as long as a stop may take, and
   * gives the rest back.
   */
  abstract work(handler: CallHandler): Promise<void>;

  /** Tells the worker that has the call, in whatever process, that it is cancelled. */
  abstract announceCancel(callId: string): Promise<void>;

  /** Hears of announced cancellations, in every process. */
  abstract onCancel(listener: (callId: string) => void): void;
}
