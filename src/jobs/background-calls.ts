import type { CallOwner } from '../outbound/index.ts';
import type { RecordPage, RecordPosition } from '../platform/records/records.ts';
import type { CallRecord, CallState } from './call-record.ts';

export interface NewCall {
  /** A declared operation. */
  readonly operation: string;
  /** Already checked against the operation's class; plain JSON. */
  readonly input: object;
  /** Null: one of our own. */
  readonly owner: CallOwner | null;
  /** What it shares room with: of one room 1,000 may be unfinished. Default: none but its owner's. */
  readonly room?: string;
  /** Not before so many ms from now. Default 0. */
  readonly delayMs?: number;
}

export interface CallFilter {
  /** Only those of this owner. Absent: those of all (operators). */
  readonly owner?: CallOwner;
  readonly state?: CallState;
  readonly limit: number;
  readonly position?: RecordPosition | undefined;
}

/** Calls that outlive the request they were asked by. All methods fail with `RecordsUnavailable` when the store is gone. */
export abstract class BackgroundCalls {
  /**
   * Keeps the call and has it made as soon as a worker is free: it is not lost from then on.
   * @throws TooManyCalls when its owner, or its room, has 1,000 unfinished ones already; InputTooLarge above 64 KiB of JSON; TypeError for an
   * operation that is not declared
   */
  abstract submit(call: NewCall): Promise<CallRecord>;

  /** Undefined when there is none, or its result has run out. */
  abstract find(id: string): Promise<CallRecord | undefined>;

  /** The newest first. */
  abstract list(filter: CallFilter): Promise<RecordPage<CallRecord>>;

  /**
   * What waits is cancelled at once; what runs is told, and ends as `cancelled`, or `outcome_unknown` when it was sent.
   * @returns the call as it is now; undefined when there is none
   * @throws CallFinished when there is nothing left to cancel
   */
  abstract cancel(id: string): Promise<CallRecord | undefined>;

  /**
   * Has a dead letter (`failed`, `outcome_unknown`) made again, its attempts counted anew.
   * @returns undefined when there is none
   * @throws CallNotRetryable when it is in another state
   */
  abstract retry(id: string): Promise<CallRecord | undefined>;

  /** Hears of every change of state, attempt or outcome made by this process. Returns what ends that. */
  abstract onChange(listener: (call: CallRecord) => void): () => void;
}

export class CallFinished extends Error {
  constructor(readonly state: CallState) {
    super(`The call is ${state} already`);
    this.name = 'CallFinished';
  }
}

export class CallNotRetryable extends Error {
  constructor(readonly state: CallState) {
    super(`A call that is ${state} cannot be made again`);
    this.name = 'CallNotRetryable';
  }
}

export class TooManyCalls extends Error {
  constructor(readonly limit: number) {
    super(`${limit} calls are unfinished already`);
    this.name = 'TooManyCalls';
  }
}

export class InputTooLarge extends Error {
  constructor(readonly limitBytes: number) {
    super(`The input is more than ${limitBytes} bytes of JSON`);
    this.name = 'InputTooLarge';
  }
}
