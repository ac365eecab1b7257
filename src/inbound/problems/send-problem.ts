import type { FastifyReply, FastifyRequest } from 'fastify';
import { contextOf } from '../request-context.hook.ts';
import { Refusal } from './refusal.ts';
import { toFailure } from './to-failure.ts';
import { toProblem, type ProblemParts } from './to-problem.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** Answers with a problem; whole seconds in Retry-After, rounded up (RFC 9110 §10.2.3). */
export const sendProblem = (
  request: FastifyRequest,
  reply: FastifyReply,
  { parts, thrown }: { parts: ProblemParts; thrown: unknown },
): void => {
  const context = contextOf(request);
  context.failure = toFailure(parts, thrown);
  // A stream that has begun can only be cut off.
  if (reply.sent || reply.raw.headersSent) return void reply.raw.destroy();
  if (parts.retryAfterMs !== undefined) reply.header('retry-after', Math.ceil(parts.retryAfterMs / 1_000));
  const challenge = toChallenge(parts.status, thrown);
  if (challenge !== undefined) reply.header('www-authenticate', challenge);
  const problem = toProblem(parts, { url: request.url, requestId: context.requestId });
  // Bytes, not text: to text the server would add a charset, which this type does not have.
  const body = Buffer.from(JSON.stringify(problem));
  reply.code(parts.status).headers({ 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' }).send(body);
};

/** Every 401 says how to do better (RFC 9110 §11.6.1). */
const toChallenge = (status: number, thrown: unknown): string | undefined =>
  thrown instanceof Refusal ? thrown.challenge : status === 401 ? 'Bearer' : undefined;
