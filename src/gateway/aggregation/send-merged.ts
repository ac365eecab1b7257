import type { FastifyReply } from 'fastify';
import { isFraming } from '../headers/request-rules.ts';
import type { AggregateRoute } from './aggregate-route.ts';
import type { PartAnswer } from './ask-part.ts';
import { mergeParts } from './merge-parts.ts';
import { toVary } from './vary-of-parts.ts';

/**
 * Answers with what came of the parts. What is true of our own answers is true of this one: how long it may be kept is made
 * of what the parts allow, it gets a tag, and is compressed.
 * @throws UpstreamError when the required parts together are too large
 */
export const sendMerged = (route: AggregateRoute, answers: readonly PartAnswer[], reply: FastifyReply): void => {
  const body = mergeParts(answers, route.maxBytes);
  const vary = toVary(reply.getHeader('vary'), answers);
  if (vary !== undefined) reply.header('vary', vary);
  reply.header('content-type', 'application/json; charset=utf-8');
  const { set, add } = route.options.response.headers;
  for (const [name, value] of Object.entries(set)) if (!isFraming(name)) reply.header(name, value);
  for (const [name, value] of Object.entries(add)) if (!isFraming(name)) reply.header(name, added(reply, name, value));
  reply.send(body);
};

/** Fastify writes over what is there. */
const added = (reply: FastifyReply, name: string, value: string): string[] =>
  [reply.getHeader(name) ?? [], value].flat().map(String);
