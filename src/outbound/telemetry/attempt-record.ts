import type { Clock } from '../../platform/clock.ts';
import type { AttemptRecord, CallReceipt, EarlierRequest } from './call-receipt.ts';

/** Opens the record of one more attempt; the stages inside complete it as `currentAttempt`. */
export const beginAttempt = (receipt: CallReceipt, clock: Clock): AttemptRecord => {
  const record: AttemptRecord = { startedAtMs: clock.now() - receipt.startedAt, queuedMs: 0, durationMs: 0 };
  receipt.attempts.push(record);
  return record;
};

export const currentAttempt = ({ attempts }: CallReceipt): AttemptRecord | undefined => attempts.at(-1);

/** How a request ended that another one follows within the attempt. Without `endedMs`: when its answer came. */
type Left = Partial<Pick<EarlierRequest, 'status' | 'error' | 'code' | 'endedMs'>>;

/** The attempt goes on with another request: what it was up to now is kept beside. */
export const leaveRequest = (receipt: CallReceipt, left: Left): void => {
  const record = currentAttempt(receipt);
  const { spanId, server, dispatchedMs, firstByteMs } = record ?? {};
  // Nothing was sent: there was no request.
  if (record === undefined || spanId === undefined || dispatchedMs === undefined) return;
  const endedMs = left.endedMs ?? firstByteMs ?? dispatchedMs;
  (record.earlier ??= []).push({ ...left, spanId, dispatchedMs, endedMs, ...(server !== undefined && { server }) });
  delete record.spanId;
};

/** Milliseconds since the record was opened. */
export const sinceAttemptBegan = (record: AttemptRecord, receipt: CallReceipt, clock: Clock): number =>
  clock.now() - receipt.startedAt - record.startedAtMs;
