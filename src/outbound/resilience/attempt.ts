import type { Clock } from '../../platform/clock.ts';
import { UpstreamError } from '../errors/upstream-error.ts';
import type { Call, Ending, Reply, Send } from '../http/call.ts';
import { beginAttempt, sinceAttemptBegan } from '../telemetry/attempt-record.ts';
import type { AttemptRecord } from '../telemetry/call-receipt.ts';
import { readNotices } from '../telemetry/notices.ts';
import { toFailureKind } from '../telemetry/to-failure-kind.ts';

/** Makes one attempt and records it; where the operation is hedged, who hedges it does. */
export const attempt = (next: Send, call: Call, clock: Clock): Promise<Ending> =>
  call.operation.hedging ? toEnding(next, call) : recorded(next, call, clock);

const recorded = async (next: Send, call: Call, clock: Clock): Promise<Ending> => {
  const record = openAttempt(call, clock);
  let ending: Ending;
  try {
    ending = { reply: await next(call) };
  } catch (error) {
    ending = { error };
  }
  closeAttempt(record, call, ending, clock);
  return ending;
};

/** The record of one more attempt. */
export const openAttempt = ({ receipt, origin }: Call, clock: Clock): AttemptRecord => {
  const record = beginAttempt(receipt, clock);
  record.server = origin;
  return record;
};

export const toEnding = async (next: Send, call: Call): Promise<Ending> => {
  try {
    return { reply: await next(call) };
  } catch (error) {
    return { error };
  }
};

/** Writes down that and how an attempt ended. */
export const closeAttempt = (record: AttemptRecord, call: Call, ending: Ending, clock: Clock): void => {
  if ('reply' in ending) noteReply(record, call, ending.reply);
  else noteError(record, call, ending.error);
  record.durationMs = sinceAttemptBegan(record, call.receipt, clock);
};

const noteReply = (record: AttemptRecord, { receipt }: Call, { status, headers }: Reply): void => {
  record.status = status;
  const notices = readNotices(headers);
  if (notices) receipt.notices = notices;
};

const noteError = (record: AttemptRecord, { signal }: Call, error: unknown): void => {
  const code = toFailureKind(error, signal);
  record.code = code;
  record.error = error instanceof UpstreamError ? error.reason : code === 'cancelled' ? code : 'our own mistake';
};

/** It went nowhere: it tells nothing of the upstream. */
export const isRefusedByUs = (ending: Ending): boolean =>
  'error' in ending &&
  ending.error instanceof UpstreamError &&
  ['circuit_open', 'overloaded'].includes(ending.error.code);
