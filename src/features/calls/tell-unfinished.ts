import type { FastifyReply } from 'fastify';
import { isFinished } from '../../jobs/call-record.ts';
import type { CallSummary } from './calls.dto.ts';

const MAX_S = 60;

/** Says of a call that is not over in how many seconds it is worth looking again: never hours, as it may be cancelled. */
export const tellUnfinished = <T extends CallSummary>(call: T, reply: FastifyReply, nowMs: number): T => {
  if (!isFinished(call)) reply.header('retry-after', toSeconds(call, nowMs));
  return call;
};

const toSeconds = ({ nextAttemptAt }: CallSummary, nowMs: number): number => {
  const aheadMs = nextAttemptAt === null ? 0 : Date.parse(nextAttemptAt) - nowMs;
  return Math.min(Math.max(Math.ceil(aheadMs / 1_000), 1), MAX_S);
};
