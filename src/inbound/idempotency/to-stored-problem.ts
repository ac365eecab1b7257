import type { FastifyRequest } from 'fastify';
import { CallerGone } from '../../platform/context/caller-gone.ts';
import { RecordsUnavailable } from '../../platform/records/records.ts';
import { PROBLEM_TYPE } from '../problems/send-problem.ts';
import { toProblem, toProblemParts } from '../problems/to-problem.ts';
import { contextOf } from '../request-context.hook.ts';
import { IdempotencyRefusal } from './idempotency-refusal.ts';
import type { StoredAnswer } from './stored-answer.ts';

/** The answer to a request that failed and may have been done all the same. */
export const toStoredProblem = (thrown: unknown, request: FastifyRequest): StoredAnswer => {
  const told = isSilent(thrown) ? new IdempotencyRefusal('idempotency_outcome_unknown') : thrown;
  // Whenever it is sent again with this key, it gets this answer.
  const { retryAfterMs: _never, ...parts } = toProblemParts(told);
  const problem = toProblem(parts, { url: request.url, requestId: contextOf(request).requestId });
  const headers = { 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' };
  return { status: parts.status, headers, body: JSON.stringify(problem) };
};

/** These say nothing of what became of the request, or that it is worth sending again. */
const isSilent = (thrown: unknown): boolean => thrown instanceof CallerGone || thrown instanceof RecordsUnavailable;
