import { toCacheStatus, type AttemptRecord, type CallReceipt } from '../../outbound/index.ts';
import type { AttemptBar, RemarkableCall } from './page/snapshot.ts';

/** More than one looks at, and less than fills a screen of the page. */
const MAX_ATTEMPTS = 20;
const MAX_DECISIONS = 40;
const MAX_LENGTH = 300;

/** What of a receipt may be shown: no more than what the log has of it. */
export const toRemarkableCall = (
  receipt: CallReceipt,
  { id, endedAt }: { readonly id: string; readonly endedAt: number },
): RemarkableCall => ({
  id,
  at: new Date(endedAt).toISOString(),
  provider: receipt.provider,
  operation: receipt.operation,
  method: receipt.method,
  template: toShort(receipt.template),
  outcome: receipt.outcome,
  status: receipt.status ?? null,
  durationMs: toTenths(receipt.durationMs),
  cache: receipt.cache ? toCacheStatus(receipt.provider, receipt.cache) : null,
  requestId: receipt.requestId ?? null,
  traceId: receipt.traceId ?? null,
  attempts: receipt.attempts.slice(0, MAX_ATTEMPTS).map(toBar),
  backoffsMs: receipt.backoffsMs.slice(0, MAX_ATTEMPTS).map(toTenths),
  decisions: receipt.decisions.slice(0, MAX_DECISIONS).map(toShort),
});

const toBar = (attempt: AttemptRecord): AttemptBar => ({
  startedAtMs: toTenths(attempt.startedAtMs),
  queuedMs: toTenths(attempt.queuedMs),
  dispatchedMs: toPhase(attempt.dispatchedMs),
  sentMs: toPhase(attempt.sentMs),
  firstByteMs: toPhase(attempt.firstByteMs),
  durationMs: toTenths(attempt.durationMs),
  isHedge: attempt.isHedge ?? false,
  status: attempt.status ?? null,
  error: attempt.error === undefined ? null : toShort(attempt.error),
  server: attempt.server === undefined ? null : toShort(attempt.server),
});

const toPhase = (ms: number | undefined): number | null => (ms === undefined ? null : toTenths(ms));

const toTenths = (ms: number): number => Math.round(ms * 10) / 10;

const toShort = (text: string): string => (text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text);
