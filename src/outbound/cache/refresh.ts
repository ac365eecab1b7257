import type { Clock } from '../../platform/clock.ts';
import { outsideContext } from '../../platform/context/request-context.ts';
import type { Call, Reply, Send } from '../http/call.ts';
import type { CallReceipts } from '../telemetry/call-receipts.ts';
import { newReceipt } from '../telemetry/new-receipt.ts';
import { receipt } from '../telemetry/receipt.ts';
import { isReplaceable } from './rules/status-rules.ts';
import { RecentKeys } from './recent-keys.ts';

/** Fetches anew what was served stale, or soon will be, once at a time for each entry; nobody waits for it (RFC 5861 §3). */
export const refreshInBackground = (next: Send, receipts: CallReceipts, clock: Clock) => {
  const underWay = new Set<string>();
  const failedLately = new RecentKeys(PAUSE, clock);
  const send = receipt(receipts, clock)(async (call) => toBackgroundReply(call, await next(call)));
  return (call: Call): void => {
    const key = call.lookup!.entryKey;
    if (underWay.has(key) || failedLately.has(key)) return;
    underWay.add(key);
    outsideContext(() => send(toBackgroundCall(call, clock)))
      // Its failure is in its receipt.
      .then(
        ({ status }) => void (isReplaceable(status) && failedLately.add(key)),
        () => failedLately.add(key),
      )
      .finally(() => underWay.delete(key));
  };
};

/** Nobody reads it: what is wrong with it is told here. */
const toBackgroundReply = ({ receipt: { startedAt }, lookup }: Call, reply: Reply): Reply => {
  if (reply.broken) throw reply.broken;
  const isAhead = (lookup?.stored?.ttlAt(startedAt) ?? 0) > 0;
  return { ...reply, cache: { fwd: isAhead ? 'request' : 'stale', ...reply.cache } };
};

/** How long nobody tries again after a failure. */
const PAUSE = { keepMs: 1_000, maxKeys: 1_024 };

/** It belongs to no request: its own deadline, its own receipt, nobody who could cancel it. */
const toBackgroundCall = (call: Call, clock: Clock): Call => {
  const now = clock.now();
  return {
    ...call,
    method: 'GET',
    deadlineAt: now + call.operation.callDeadlineMs,
    signal: new AbortController().signal,
    // Its requests are shown where it began.
    receipt: { ...newReceipt(call, now), isRefresh: true, trace: call.receipt.trace },
  };
};
