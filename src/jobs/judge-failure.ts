import { HttpException } from '@nestjs/common';
import { UpstreamError } from '../outbound/index.ts';
import { RecordsUnavailable } from '../platform/records/records.ts';
import { VaultUnavailable } from '../platform/vault/vault.ts';
import type { Effects } from './sent-calls.ts';

/**
 * What follows from a failed attempt. `again`: it counts, and the next one follows after one of the operation's delays.
 * `put_off`: it does not count, as nothing was wrong with it: there was no room. `internal`: a bug of ours.
 */
export type Verdict =
  | { readonly kind: 'again' | 'failed' | 'outcome_unknown' | 'internal' }
  | { readonly kind: 'put_off'; readonly askedMs: number | undefined };

export interface Circumstances {
  readonly repeatable: 'always' | 'never';
  /** What else is known of what was sent. */
  readonly effects: Effects;
}

const AGAIN: Verdict = { kind: 'again' };
const FAILED: Verdict = { kind: 'failed' };
const UNKNOWN: Verdict = { kind: 'outcome_unknown' };

/** They mean that the request as such is not served there: it was not done, and will not be (RFC 9110 §15.6.2, §15.6.6). */
const UNSERVED_STATUSES: ReadonlySet<number> = new Set([501, 505]);

/** Judges what an operation's method failed with. */
export const judgeFailure = (error: unknown, circumstances: Circumstances): Verdict => {
  // What a feature throws on purpose is what became of the call.
  if (error instanceof HttpException) return FAILED;
  const isSafe = circumstances.repeatable === 'always' || circumstances.effects === 'none';
  if (!isSafe && circumstances.effects === 'unknown') return UNKNOWN;
  if (error instanceof UpstreamError) return isSafe ? judgeSafe(error) : judgeOnce(error);
  if (!isStoreGone(error)) return { kind: 'internal' };
  return isSafe ? { kind: 'put_off', askedMs: undefined } : UNKNOWN;
};

const isStoreGone = (error: unknown): boolean =>
  error instanceof RecordsUnavailable || error instanceof VaultUnavailable;

/** Doing it twice is doing it once: whatever may mend itself is tried again. */
const judgeSafe = (error: UpstreamError): Verdict => {
  if (isWithoutRoom(error)) return { kind: 'put_off', askedMs: error.retryAfterMs };
  if (!isTransient(error)) return FAILED;
  return error.retryAfterMs === undefined ? AGAIN : { kind: 'put_off', askedMs: error.retryAfterMs };
};

/** It must not be done twice: it is tried again only when it is certain that it was not done. */
const judgeOnce = (error: UpstreamError): Verdict => {
  if (isWithoutRoom(error)) return { kind: 'put_off', askedMs: error.retryAfterMs };
  if (!error.sent) return judgeSafe(error);
  return isRefusal(error) ? FAILED : UNKNOWN;
};

/** 429 and our own limits: by their meaning it was not done (RFC 6585 §4), sent or not. */
const isWithoutRoom = ({ code }: UpstreamError): boolean =>
  ['upstream_throttled', 'circuit_open', 'overloaded'].includes(code);

const isTransient = ({ code, status = 0, transient }: UpstreamError): boolean =>
  transient &&
  ['upstream_timeout', 'upstream_unreachable', 'upstream_failed'].includes(code) &&
  !UNSERVED_STATUSES.has(status);

/**
 * The upstream answered, and the answer says that it was not done: 3xx, any 4xx but 408, 501, 505. Any other 5xx says nothing of
 * what happened before it: 500 may have had effects, and 502, 503 and 504 may come from a proxy that had passed the request on.
 * A 2xx that cannot be read says that it was done, but not what came of it.
 */
const isRefusal = ({ code, status = 0 }: UpstreamError): boolean =>
  code === 'not_configured' ||
  code === 'upstream_rejected' ||
  (code === 'upstream_invalid_answer' && status >= 300 && status < 400) ||
  UNSERVED_STATUSES.has(status);
