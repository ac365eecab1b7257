import type { CallProblem, CallRecord } from '../../jobs/call-record.ts';
import type { CallProblemDto } from './call-problem.dto.ts';
import type { Call, CallSummary } from './calls.dto.ts';

/** Field by field: whose it is, and how we keep track of it, are not among them. */
export const toSummary = ({ id, operation, state, attempts, problem, ...times }: CallRecord): CallSummary => ({
  id,
  operation,
  state,
  attempts,
  createdAt: new Date(times.createdAt).toISOString(),
  startedAt: toTime(times.startedAt),
  finishedAt: toTime(times.finishedAt),
  nextAttemptAt: toTime(times.nextAttemptAt),
  // What did not work at first is of no concern once it did.
  problem: problem === undefined || state === 'succeeded' ? null : toProblem(problem, id),
});

export const toCall = (record: CallRecord): Call => ({
  ...toSummary(record),
  input: record.input,
  result: record.result ?? null,
  isResultTooLarge: record.isResultTooLarge === true,
});

const toTime = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

const toProblem = ({ code, title, status, detail, ...more }: CallProblem, callId: string): CallProblemDto => ({
  type: `/problems/${code}`,
  title,
  status,
  detail,
  instance: `/api/v1/calls/${callId}`,
  code,
  ...more,
});
