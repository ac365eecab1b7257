import type { TraceContext } from '../../platform/context/trace-context.ts';
import type { CacheOutcome } from '../cache/cache-outcome.ts';
import type { UpstreamErrorCode } from '../errors/upstream-error.ts';
import type { CircuitState } from '../resilience/circuit.ts';
import type { Notices } from './notices.ts';

/** How an attempt or a call failed; `internal` is a mistake of our own. */
export type FailureKind = 'cancelled' | 'internal' | UpstreamErrorCode;

/**
 * What became of an attempt that was late: the second one answered first (`won`), or the first one after all (`lost`), or
 * neither (`failed`). Or why there was no second one.
 */
export type HedgeResult =
  | 'won'
  | 'lost'
  | 'failed'
  | 'not_sent_yet'
  | 'held_off'
  | 'circuit'
  | 'no_place'
  | 'deadline'
  | 'share_spent'
  | 'budget_spent';

/** One try at reaching the upstream. Its phases follow each other; each is told by the time since the attempt began, in ms. */
export interface AttemptRecord {
  /** Since the call began, in ms. */
  readonly startedAtMs: number;
  /** Time spent waiting for a permit. */
  queuedMs: number;
  /** It has its permit, its server and its credential; absent when it did not get so far. */
  dispatchedMs?: number;
  /** It has its connection, and goes out. */
  sentMs?: number;
  /** The status line is there. */
  firstByteMs?: number;
  /** Its end: the body is there, too, unless it is passed on as it comes. */
  durationMs: number;
  /** The answer's status, when there was an answer. */
  status?: number;
  /** Why the attempt failed: an error's reason. */
  error?: string;
  /** The kind of that failure. */
  code?: FailureKind;
  /** Origin or id of the server it went to; the last one, where it was sent on to another. */
  server?: string;
  /** Its span, as the upstream was told: 16 hex digits. */
  spanId?: string;
  /** It was sent beside the one before it, which was late. */
  isHedge?: true;
  /** What it was before it was sent elsewhere at once, or with another token; absent when it was sent once only. */
  earlier?: EarlierRequest[];
}

/** A request of an attempt that went on with another one. */
export interface EarlierRequest extends Pick<AttemptRecord, 'server' | 'status' | 'error' | 'code' | 'spanId'> {
  /** Since the attempt began, in ms. */
  readonly dispatchedMs: number;
  /** Since the attempt began, in ms. */
  readonly endedMs: number;
}

/** Everything that was done for one call, and why: written by the stages, read by logs, metrics and tests. */
export interface CallReceipt {
  readonly provider: string;
  readonly operation: string;
  readonly method: string;
  readonly template: string;
  /** Values of the query parameters that its operation lets be logged; absent when it names none, or none is there. */
  readonly query?: Readonly<Record<string, string>>;
  readonly requestId: string | undefined;
  readonly traceId: string | undefined;
  /** What its attempts' spans are children of. */
  readonly trace?: TraceContext | undefined;
  /** It was made for a background call, whose id is the request's. */
  readonly isBackground: boolean;
  /** It fetched anew what is stored; nobody waited for it. */
  readonly isRefresh?: true;
  /** A call that several waited for, not the one of a caller: who it was begun for has left before its end. */
  readonly isShared?: true;
  /** On the clock's monotonic scale. */
  readonly startedAt: number;
  readonly attempts: AttemptRecord[];
  /** Waits between attempts, in ms. */
  readonly backoffsMs: number[];
  /** Plain sentences: why it was or was not retried, let in, or let through. */
  readonly decisions: string[];
  durationMs: number;
  /** What the cache did for it; absent when it failed before the cache was asked. */
  cache?: CacheOutcome;
  outcome: 'answered' | FailureKind;
  /** The answer's status, when there was an answer. */
  status?: number;
  /** Absent: no attempt was late, or it is not hedged. */
  hedge?: HedgeResult;
  /** Of its server, when an attempt was last let through or refused. */
  circuit?: CircuitState;
  /** What was left of the provider's retry budget at its end; absent when no attempt was made. */
  retryBudgetTokens?: number;
  /** What the upstream said beside its last answer. */
  notices?: Notices;
}
