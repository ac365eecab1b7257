import type { CallOwner } from '../outbound/index.ts';

export const CALL_STATES = ['queued', 'running', 'succeeded', 'failed', 'cancelled', 'outcome_unknown'] as const;

/**
 * `queued`: waits for its turn, or for its next attempt. `failed`: all attempts are used up, or it will never work.
 * `outcome_unknown`: it was sent, and whether it was done nobody can say; it is never sent again by itself.
 */
export type CallState = (typeof CALL_STATES)[number];

/** Why a call failed: the members of a problem (RFC 9457) that do not belong to a request. */
export interface CallProblem {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly provider?: string;
  readonly retryAfterMs?: number;
  readonly errors?: readonly { readonly field: string; readonly detail: string }[];
}

/** A background call, as it is kept. Times are ms since 1970. */
export interface CallRecord {
  /** A UUID. */
  readonly id: string;
  readonly operation: string;
  readonly input: object;
  /** Null: one of our own. */
  readonly owner: CallOwner | null;
  readonly room?: string;
  readonly state: CallState;
  /** Attempts that count: those put off by the upstream's or our own limits do not. */
  readonly attempts: number;
  readonly createdAt: number;
  /** Of the latest attempt. */
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** Before then it is not tried again. */
  readonly nextAttemptAt: number | null;
  /** An attempt is under way that may have effects: set before it begins, removed when it is known how it ended. */
  readonly isSending: boolean;
  /** Somebody asked for it to be cancelled. */
  readonly isCancelRequested: boolean;
  readonly result?: unknown;
  /** It succeeded, but what came of it is more than 256 KiB: `result` is null. */
  readonly isResultTooLarge?: boolean;
  /** Of the latest attempt that failed. */
  readonly problem?: CallProblem;
  /** From when on it could be made, where that is not `createdAt`: it was put off from the first, or is made once more. */
  readonly dueAt?: number;
  /** How many workers died with it. */
  readonly deaths?: number;
  /** What it was asked for in; absent when nobody's request, run or attempt asked. */
  readonly origin?: CallOrigin;
}

/** A span of another trace; ids are hex digits as in `traceparent`. */
export interface CallOrigin {
  readonly traceId: string;
  readonly spanId: string;
}

export const isFinished = ({ state }: Pick<CallRecord, 'state'>): boolean => state !== 'queued' && state !== 'running';
