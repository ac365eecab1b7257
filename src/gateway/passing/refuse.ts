import type { FastifyReply, FastifyRequest } from 'fastify';
import { expectsContinue } from '../../inbound/continue.ts';
import { sendProblem } from '../../inbound/problems/send-problem.ts';
import { toProblemParts } from '../../inbound/problems/to-problem.ts';
import { contextOf } from '../../inbound/request-context.hook.ts';
import type { Clock } from '../../platform/clock.ts';
import { CallerGone } from '../../platform/context/caller-gone.ts';
import type { Log } from '../../platform/logging/log.ts';
import { toFailureStatus } from '../headers/proxy-status.ts';
import { discardRest } from './discard-rest.ts';
import { hasBody } from './take-body.ts';

/** Answers with a problem; of what began already, nothing but the end is left. */
export const refuse = (request: FastifyRequest, reply: FastifyReply, { thrown, log, clock }: Refused): void => {
  const { raw } = request;
  // Nobody has begun to read it, and its caller has not been told to wait with it.
  if (hasBody(raw) && raw.readableFlowing === null && !expectsContinue(raw)) discardRest(raw, reply.raw, clock);
  const parts = toProblemParts(thrown);
  if (parts.code === 'internal' && !(thrown instanceof CallerGone)) {
    const { requestId } = contextOf(request);
    log.error({ requestId, error: thrown }, 'A request failed for a reason nobody foresaw');
  }
  const status = toFailureStatus(thrown);
  if (status !== undefined && !reply.raw.headersSent) reply.header('proxy-status', status);
  sendProblem(request, reply, { parts, thrown });
};

interface Refused {
  readonly thrown: unknown;
  readonly log: Log;
  readonly clock: Clock;
}
