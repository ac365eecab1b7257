import type { CallReceipt } from './call-receipt.ts';
import { SENT_ELSEWHERE, TOKEN_RENEWED } from './decisions.ts';

/** A call slower than this is remarkable even when all went well. */
const SLOW_CALL_MS = 1_000;

/** Who waits longer for a place meets a bulkhead that is full. */
const LONG_WAIT_MS = 100;

export interface Remark {
  readonly level: 'warn' | 'info' | 'debug';
  readonly sentence: string;
}

const FAILED: Remark = { level: 'warn', sentence: 'An upstream call failed' };
/** An outage makes as many as there are calls: the line of each request says it, too. */
const NOT_LET_THROUGH: Remark = { level: 'info', sentence: 'An upstream call was not let through' };
const ORDINARY: Remark = { level: 'debug', sentence: 'An upstream call was refused or cancelled' };

/** What there is to say of a call that is over: for the log, and for who looks at the console. Undefined: it went well. */
export const remark = (receipt: CallReceipt): Remark | undefined => {
  if (hasFailed(receipt)) return isRefusal(receipt) ? NOT_LET_THROUGH : FAILED;
  const sentence = describeTrouble(receipt);
  if (sentence !== undefined) return { level: 'info', sentence };
  return receipt.outcome === 'answered' ? undefined : ORDINARY;
};

/** Whether anything of it went on its way to a server, arrived or not. */
export const wasSent = ({ attempts }: CallReceipt): boolean =>
  attempts.some(({ dispatchedMs, earlier }) => dispatchedMs !== undefined || earlier !== undefined);

/** We kept it from the upstream: there is nothing new to learn from it. */
const isRefusal = (receipt: CallReceipt): boolean =>
  (receipt.outcome === 'circuit_open' || receipt.outcome === 'overloaded') && !wasSent(receipt);

/** The first that is true of it. */
const describeTrouble = (receipt: CallReceipt): string | undefined => {
  const { cache, attempts, durationMs } = receipt;
  if (cache?.detail === 'stale-if-error') return 'A stale answer stood in for a failed call';
  if (attempts.filter(({ isHedge }) => !isHedge).length > 1) return 'An upstream call was retried';
  if (hasDecided(receipt, SENT_ELSEWHERE)) return 'An upstream call was sent to another server';
  if (hasDecided(receipt, TOKEN_RENEWED)) return 'An upstream call was made again with a new token';
  if (attempts.some(({ queuedMs }) => queuedMs > LONG_WAIT_MS)) return 'An upstream call waited for a place';
  return durationMs > SLOW_CALL_MS ? 'An upstream call was slow' : undefined;
};

const hasDecided = ({ decisions }: CallReceipt, decision: string): boolean =>
  decisions.some((one) => one.startsWith(decision));

/** Absent things and expired tokens are the ordinary course of business, as are callers that leave. */
const ORDINARY_STATUSES: ReadonlySet<number | undefined> = new Set([401, 404, 410]);

const hasFailed = ({ outcome, status }: CallReceipt): boolean =>
  outcome !== 'answered' && outcome !== 'cancelled' && !ORDINARY_STATUSES.has(status);
