import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contextOf } from '../request-context.hook.ts';
import type { RememberedAnswers } from './remembered-answers.ts';

/** Different in each answer. */
const OF_ONE_ANSWER: ReadonlySet<string> = new Set([
  'age',
  'cache-status',
  'connection',
  'content-length',
  'ratelimit',
  'ratelimit-policy',
  'server-timing',
  'x-request-id',
]);

/**
 * Remembers the answers of routes that bear `@SameForEverybody`, with the headers that `addCaching` gave them; never one
 * that was made for a caller.
 */
export const addRemembering = (server: FastifyInstance, answers: RememberedAnswers): void => {
  server.addHook('onSend', (request, reply, payload, done) => {
    const isForOthers = request.method === 'GET' && request.headers.origin === undefined && isLasting(reply);
    if (isForOthers && reply.statusCode === 200 && typeof payload === 'string' && isMarked(request)) {
      const { caller, freshness } = contextOf(request);
      if (caller !== undefined) return done(null, payload);
      answers.remember(request.url, {
        headers: () => toLastingHeaders(reply, payload),
        payload,
        route: request.routeOptions.url,
        sources: freshness.sources,
        generation: request.generation,
      });
    }
    done(null, payload);
  });
};

/** Asked last: the server puts the route's options together anew each time. */
const isMarked = ({ routeOptions }: FastifyRequest): boolean =>
  (routeOptions.config as { sameForEverybody?: boolean }).sameForEverybody === true;

/** What it says of its keeping is what `addCaching` made it say, who adds an age. */
const isLasting = (reply: FastifyReply): boolean => reply.hasHeader('age') && !reply.hasHeader('set-cookie');

const toLastingHeaders = (reply: FastifyReply, payload: string): string[] => {
  const headers = ['content-length', String(Buffer.byteLength(payload))];
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (!OF_ONE_ANSWER.has(name)) headers.push(name, String(value));
  }
  return headers;
};
