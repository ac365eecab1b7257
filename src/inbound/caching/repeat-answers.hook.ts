import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contextOf } from '../request-context.hook.ts';
import type { RememberedAnswers } from './remembered-answers.ts';
import { repeatAhead, type RepeatParts } from './repeat-ahead.ts';
import { findRepeatable, repeat, type Repeatable } from './repeat-answers.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Of what was stored when the request came. */
    generation: number;
  }
}

/**
 * Repeats answers of routes that are the same for everybody, before routing leads to guards and handler. Most are repeated
 * before they come here (`repeatAhead`); here are those that count, and those that came by a second address of this server.
 */
export const addRepeats = (server: FastifyInstance, answers: RememberedAnswers, parts: RepeatParts): void => {
  const { clock, drain, limit, operators } = parts;
  const answerWith = (request: FastifyRequest, reply: FastifyReply, found: Repeatable, more?: Fields): void => {
    const context = contextOf(request);
    const { requestId } = context;
    context.repeated = found.answer.sources;
    reply.hijack();
    repeat(reply.raw, found, { requestId, arrivedAt: request.arrivedAt, now: clock.now(), more });
  };
  repeatAhead(server.server, answers, parts);
  server.decorateRequest('generation', 0);
  server.addHook('onRequest', (request, reply, done) => {
    // While the server closes, connections have to be told.
    const found = drain.hasBegun() ? undefined : findRepeatable(request, answers, operators);
    request.generation = answers.generation();
    if (found === undefined) done();
    else if (!limit.isOn) answerWith(request, reply, found);
    else {
      limit.count(request).then(({ isOver, headers }) => {
        // Refused by the guard, as all are: with every header that a refusal has.
        if (isOver) done();
        else answerWith(request, reply, found, headers);
      }, done);
    }
  });
};

type Fields = Readonly<Record<string, string>>;
