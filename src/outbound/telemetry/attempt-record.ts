import type { Clock } from '../../platform/clock.ts';
import type { AttemptRecord, CallReceipt } from './call-receipt.ts';

/** Opens the record of one more attempt; the stages inside complete it as `currentAttempt`. */
export const beginAttempt = (receipt: CallReceipt, clock: Clock): AttemptRecord => {
  const record: AttemptRecord = { startedAtMs: clock.now() - receipt.startedAt, queuedMs: 0, durationMs: 0 };
  receipt.attempts.push(record);
  return record;
};

export const currentAttempt = ({ attempts }: CallReceipt): AttemptRecord | undefined => attempts.at(-1);

/** Milliseconds since the record was opened. */
export const sinceAttemptBegan = (record: AttemptRecord, receipt: CallReceipt, clock: Clock): number =>
  clock.now() - receipt.startedAt - record.startedAtMs;
