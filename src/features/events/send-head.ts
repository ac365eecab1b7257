import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { keepForCaller } from '../../inbound/caching/keep-for-caller.ts';
import { contextOf } from '../../inbound/request-context.hook.ts';
import { toGreeting } from './frames.ts';

/**
 * Some proxies gather what they pass on until there is more of it, unless they are told not to. The connection ends with
 * the answer: one that is under way cannot be told any more that the process stops.
 */
const HEAD = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
  connection: 'close',
} as const;

/** Begins an answer at once, past the server's own way of sending, and so past compression and tags. */
export const sendHead = (request: FastifyRequest, reply: FastifyReply): void => {
  reply.headers(HEAD);
  if (contextOf(request).caller !== undefined) keepForCaller(reply);
  reply.hijack();
  reply.raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders);
  // On its own: what is joined with a first piece of the body is kept as its dozens of parts, 1 KB more for each listener.
  reply.raw.flushHeaders();
  reply.raw.write(toGreeting());
};
