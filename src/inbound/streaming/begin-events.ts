import { randomInt } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendHead } from './send-head.ts';

/** Some proxies gather what they pass on until there is more of it, unless they are told not to. */
const HEAD = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
} as const;

/** Those who are cut off together do not come back together. */
const RETRY_MS = 2_000;
const JITTER_MS = 3_000;

/** Begins a stream of Server-Sent Events at once, with what the other end has to know before the first: when to come back. */
export const beginEvents = (request: FastifyRequest, reply: FastifyReply): void => {
  sendHead(request, reply, HEAD);
  // On its own: what is joined with a first piece of the body is kept as its dozens of parts, 1 KB more for each listener.
  reply.raw.flushHeaders();
  reply.raw.write(`retry: ${RETRY_MS + randomInt(JITTER_MS)}\n: listening\n\n`);
};
