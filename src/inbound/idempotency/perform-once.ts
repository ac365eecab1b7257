import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../platform/context/caller.ts';
import { contextOf } from '../request-context.hook.ts';
import { isCertainlyUndone } from './certainly-undone.ts';
import type { Claim, IdempotentRequests } from './idempotent-requests.ts';
import { toKeptId } from './kept-request.ts';
import { readIdempotencyKey } from './read-idempotency-key.ts';
import { replay, toStoredAnswer } from './stored-answer.ts';
import { toFingerprint } from './to-fingerprint.ts';
import { toStoredProblem } from './to-stored-problem.ts';

interface Performance {
  readonly requests: IdempotentRequests;
  /** Has the header. */
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly caller: Caller;
  /** When nobody knows whether it was done. */
  readonly mayRepeat: boolean;
  /** Carries the request out. */
  readonly work: () => Promise<unknown>;
}

/**
 * What the request is to be answered: the outcome of `work`, or what was answered before. Once begun, the work goes on
 * when the caller hangs up: who sends a key will ask again how it ended.
 * @throws what `work` fails with; IdempotencyRefusal, InvalidRequest, RecordsUnavailable when it is not begun
 */
export const performOnce = async (performance: Performance): Promise<unknown> => {
  const { requests, request, reply, caller, mayRepeat } = performance;
  const context = contextOf(request);
  const key = readIdempotencyKey(request.raw.headersDistinct['idempotency-key'])!;
  const id = toKeptId(caller, key);
  const { deadlineAt, cancellation } = context;
  const claim = await requests.claim({ id, fingerprint: toFingerprint(request), mayRepeat, deadlineAt });
  if ('status' in claim) return replay(claim, reply);
  if (cancellation.aborted) {
    await requests.release(claim);
    throw cancellation.reason;
  }
  context.outliveCaller();
  return perform(performance, claim);
};

const perform = async ({ requests, request, reply, mayRepeat, work }: Performance, claim: Claim): Promise<unknown> => {
  const { statusCode } = reply;
  try {
    const value = await work();
    const lateStatus = contextOf(request).failure ? statusCode : undefined;
    await requests.answer(claim, toStoredAnswer({ reply, value, lateStatus }));
    return value;
  } catch (thrown) {
    if (isCertainlyUndone(thrown)) await requests.release(claim);
    else if (mayRepeat) await requests.reopen(claim);
    else await requests.answer(claim, toStoredProblem(thrown, request));
    throw thrown;
  }
};
