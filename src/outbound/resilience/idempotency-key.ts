import { randomUUID } from 'node:crypto';
import { isIdempotentMethod } from '../http/operation.ts';
import type { Stage } from '../http/call.ts';

/**
 * Gives a call that may not be repeated otherwise one key, the same on every attempt
 * (draft-ietf-httpapi-idempotency-key-header). A key that the caller set stays.
 */
export const idempotencyKey =
  (headerName: string): Stage =>
  (next) =>
  (call) => {
    const header = headerName.toLowerCase();
    const wantsKey = call.operation.idempotencyKey && !isIdempotentMethod(call.method);
    if (!wantsKey || call.headers[header] !== undefined) return next(call);
    return next({ ...call, headers: { ...call.headers, [header]: randomUUID() } });
  };
