import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { keepForCaller } from '../caching/keep-for-caller.ts';
import { contextOf } from '../request-context.hook.ts';

/**
 * Begins a stream, past the server's own way of sending, and so past compression: that keeps what it has got until it has
 * more, so the last line of a stream that breaks off would be lost in it, and it reads ahead of the reader. Its connection
 * ends with it: one whose answer is under way cannot be told any more that the process stops.
 */
export const sendHead = (request: FastifyRequest, reply: FastifyReply, head: OutgoingHttpHeaders): void => {
  reply.headers({ ...head, connection: 'close' });
  if (contextOf(request).caller !== undefined) keepForCaller(reply);
  reply.hijack();
  reply.raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders);
};
