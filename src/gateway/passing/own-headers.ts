import type { FastifyReply } from 'fastify';

/** What those before us in the chain have said of this answer: how the caller stands, and which origins may read it. */
const OURS = /^(ratelimit|access-control-)/;

/** Adds them to `head`, in which names and values take turns. */
export const toOwnHeaders = (reply: FastifyReply, head: string[]): string[] => {
  // Also where an origin is not listed: what it is given must not be kept for one that is.
  if (dependsOnOrigin(reply)) head.push('vary', 'origin');
  // The connection would wait for a next request that is not to come.
  if (reply.server.isDraining()) head.push('connection', 'close');
  const isLimited = reply.hasHeader('ratelimit');
  if (!isLimited && !reply.hasHeader('access-control-allow-origin')) return head;
  if (isLimited) dropTheirs(head);
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (OURS.test(name) && value !== undefined) head.push(name, String(value));
  }
  return head;
};

const dependsOnOrigin = (reply: FastifyReply): boolean => {
  const vary = reply.getHeader('vary');
  return vary !== undefined && String(vary).includes('Origin');
};

/** What the upstream says of its own limits would contradict ours. */
const dropTheirs = (head: string[]): void => {
  for (let at = head.length - 2; at >= 0; at -= 2) if (head[at]!.startsWith('ratelimit')) head.splice(at, 2);
};
