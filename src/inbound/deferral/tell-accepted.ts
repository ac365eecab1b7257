import type { FastifyReply } from 'fastify';

/** A call that nothing hinders is over soon after. */
const ASK_AGAIN_AFTER_S = 1;

/** Where a call is from now on that was taken to be done later (RFC 9110 §15.3.3), and when it is worth looking. */
export const tellAccepted = (reply: FastifyReply, callId: string): FastifyReply =>
  reply.code(202).headers({ location: `/api/v1/calls/${callId}`, 'retry-after': ASK_AGAIN_AFTER_S });
