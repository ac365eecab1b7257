import type { Clock } from '../../platform/clock.ts';
import type { AttemptRecord, CallReceipt, EarlierRequest } from './call-receipt.ts';

/** Opens the record of one more attempt; the stages inside complete it as `currentAttempt`. */
export const beginAttempt = (receipt: CallReceipt, clock: Clock): AttemptRecord => {
  const record: AttemptRecord = { startedAtMs: clock.now() - receipt.startedAt, queuedMs: 0, durationMs: 0 };
  receipt.attempts.push(record);
  return record;
};

/** What is being attempted. */
interface Attempted {
  readonly receipt: CallReceipt;
  /** Of several attempts side by side, the one that this is. */
  readonly attempt?: AttemptRecord;
}

export const currentAttempt = ({ attempt, receipt }: Attempted): AttemptRecord | undefined =>
  attempt ?? receipt.attempts.at(-1);

/** How a request ended that another one follows within the attempt. Without `endedMs`: when its answer came. */
type Left = Partial<Pick<EarlierRequest, 'status' | 'error' | 'code' | 'endedMs'>>;

/** The attempt goes on with another request: what it was up to now is kept beside. */
export const leaveRequest = (attempted: Attempted, left: Left): void => {
  const record = currentAttempt(attempted);
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
export const toRequests = (attempt: AttemptRecord): AttemptRecord[] => {
  if (attempt.earlier === undefined) return [attempt];
  const { earlier, ...last } = attempt;
  const { startedAtMs, queuedMs } = last;
  return [...earlier.map(({ endedMs, ...one }) => ({ ...one, startedAtMs, queuedMs, durationMs: endedMs })), last];
};

/** Milliseconds since the record was opened. */
export const sinceAttemptBegan = (record: AttemptRecord, receipt: CallReceipt, clock: Clock): number =>
  clock.now() - receipt.startedAt - record.startedAtMs;
