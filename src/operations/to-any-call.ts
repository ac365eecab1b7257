import type { CallRecord } from '../jobs/call-record.ts';
import type { AnyCall, AnyCallSummary } from './calls.dto.ts';

export const toAnySummary = (call: CallRecord): AnyCallSummary => ({
  id: call.id,
  operation: call.operation,
  owner: call.owner,
  state: call.state,
  attempts: call.attempts,
  isSending: call.isSending,
  isCancelRequested: call.isCancelRequested,
  createdAt: new Date(call.createdAt).toISOString(),
  startedAt: toTime(call.startedAt),
  finishedAt: toTime(call.finishedAt),
  nextAttemptAt: toTime(call.nextAttemptAt),
  problem: call.problem ?? null,
});

export const toAnyCall = (call: CallRecord): AnyCall => ({
  ...toAnySummary(call),
  input: call.input,
  result: call.result ?? null,
  isResultTooLarge: call.isResultTooLarge === true,
});

const toTime = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
