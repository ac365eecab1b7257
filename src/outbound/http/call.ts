import type { Duplex, Readable } from 'node:stream';
import type { CancelSignal } from '../../platform/cancellation.ts';
import type { Caller } from '../../platform/context/caller.ts';
import type { CacheEntry } from '../cache/cache-entry.ts';
import type { CacheOutcome } from '../cache/cache-outcome.ts';
import type { Lookup } from '../cache/lookup.ts';
import type { Principal } from '../credentials/principal.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import type { AttemptRecord, CallReceipt } from '../telemetry/call-receipt.ts';
import type { HeaderMap } from './header-map.ts';
import type { Operation } from './operation.ts';
import type { ReplyStream } from './reply-stream.ts';

/** One logical outbound operation; stages pass it inwards, changed copies included. */
export interface Call {
  readonly provider: string;
  readonly operation: Operation;
  /** Upper case. */
  readonly method: string;
  readonly origin: string;
  /** Path and query, encoded. */
  readonly path: string;
  readonly headers: HeaderMap;
  /** A stream can be sent once only: such a call is never repeated. */
  readonly body: string | Uint8Array | Readable | null;
  /** When the answer is of no more use, on the clock's monotonic scale. */
  readonly deadlineAt: number;
  /** Aborts the call; its reason is what the call then fails with. */
  readonly signal: CancelSignal;
  readonly receipt: CallReceipt;
  /** The record of this one of several attempts side by side; absent: the last of the receipt. */
  readonly attempt?: AttemptRecord;
  /** Whom its credential stands for; without one its answer is for everybody. */
  readonly principal?: Principal;
  /** Who of our own callers it is made for, where that matters to its credential. */
  readonly caller?: Caller;
  /** The server that this attempt goes to, where the upstream has several; else it is that of `origin`. */
  readonly endpoint?: Endpoint;
  /** What of it is the same for calls that had better go to the same server. */
  readonly affinity?: string;
  /** Nobody waits for it: it leaves room for those that somebody waits for. */
  readonly isBackground?: boolean;
  /** Its answer may be handed on while it is still coming. Absent: only when it is whole. */
  readonly streams?: boolean;
  /** The protocol that it asks to go on with, such as `websocket`; the answer may be a `tunnel`. */
  readonly upgrade?: string;
  /** Who made the request came with a credential that is not passed on: its answer may be for them alone. */
  readonly hadCredential?: boolean;
  /** By which its answer can be invalidated, beside its provider and its operation. */
  readonly tags?: readonly string[];
  /** Set by the cache on what it lets go on. */
  readonly lookup?: Lookup;
  /** Told of each answer's status and headers as soon as they are there, and of interim ones (1xx). */
  readonly noteHead?: (status: number, headers: HeaderMap) => void;
  /** Told before a backoff when it will be over, and how the last attempt ended. */
  readonly noteBackoff?: (until: number, last: Ending) => void;
  /** Makes what the caller wants of the answer; what it throws, the call fails with. */
  readonly read?: (reply: Reply) => unknown;
}

/** The upstream's answer, with what `read` made of it, once that has run. */
export interface Reply {
  readonly status: number;
  readonly headers: HeaderMap;
  /** All of it, unless there is a `rest`. */
  readonly body: Buffer;
  /** What comes after `body`, of calls that stream. */
  readonly rest?: ReplyStream;
  /** What came after the whole body. */
  readonly trailers?: HeaderMap;
  /** The connection itself, after 101. */
  readonly tunnel?: Duplex;
  readonly value?: unknown;
  /** What is stored of it. */
  readonly stored?: CacheEntry;
  readonly cache?: CacheOutcome;
  /** What reading it failed with; for that it was not kept. Who reads it will see for themselves. */
  readonly broken?: Error;
}

/** How one attempt ended. */
export type Ending = { readonly reply: Reply } | { readonly error: unknown };

/** Performs one call; fails with an UpstreamError, or with the caller's cancellation. */
export type Send = (call: Call) => Promise<Reply>;

/** One concern wrapped around sending. Per-provider state lives between the arrows. */
export type Stage = (next: Send) => Send;

/** Wraps `transport` in `stages`; the first stage is the outermost. */
export const compose = (stages: readonly Stage[], transport: Send): Send =>
  stages.reduceRight((next, stage) => stage(next), transport);
