import { callError } from '../errors/call-error.ts';
import type { Stage } from '../http/call.ts';

/** Nobody knows when it is over: long enough for those who wait not to ask all the time. */
const RETRY_AFTER_MS = 30_000;

/** Refuses every attempt while an operator keeps calls from the provider, whatever its circuits say. */
export const isolation =
  (isIsolated: () => boolean): Stage =>
  (next) =>
  (call) => {
    if (!isIsolated()) return next(call);
    call.receipt.circuit = 'open';
    const reason = 'isolated by an operator';
    return Promise.reject(callError(call, { code: 'circuit_open', reason, retryAfterMs: RETRY_AFTER_MS, sent: false }));
  };
