import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendHead } from '../../inbound/streaming/send-head.ts';
import { toGreeting } from './frames.ts';

/** Some proxies gather what they pass on until there is more of it, unless they are told not to. */
const HEAD = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
} as const;

/** Begins an answer at once, with what the other end has to know before the first event. */
export const beginStream = (request: FastifyRequest, reply: FastifyReply): void => {
  sendHead(request, reply, HEAD);
  // On its own: what is joined with a first piece of the body is kept as its dozens of parts, 1 KB more for each listener.
  reply.raw.flushHeaders();
  reply.raw.write(toGreeting());
};
