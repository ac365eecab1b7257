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
  if (record === undefined || dispatchedMs === undefined) return;
  const endedMs = left.endedMs ?? firstByteMs ?? dispatchedMs;
  const whose = { ...(spanId !== undefined && { spanId }), ...(server !== undefined && { server }) };
  (record.earlier ??= []).push({ ...left, ...whose, dispatchedMs, endedMs });
  // The next one may not get so far.
  for (const name of ['spanId', 'dispatchedMs', 'sentMs', 'firstByteMs'] as const) delete record[name];
};

/** Each request of an attempt by itself, in their order; the last one also where it was not let out, with no `dispatchedMs`. */
export const toRequests = ({ earlier, ...last }: AttemptRecord): AttemptRecord[] => {
  const { startedAtMs, queuedMs } = last;
  if (earlier === undefined) return [last];
  return [...earlier.map(({ endedMs, ...one }) => ({ ...one, startedAtMs, queuedMs, durationMs: endedMs })), last];
};

/** Milliseconds since the record was opened. */
export const sinceAttemptBegan = (record: AttemptRecord, receipt: CallReceipt, clock: Clock): number =>
  clock.now() - receipt.startedAt - record.startedAtMs;
