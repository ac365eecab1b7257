import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../platform/clock.ts';
import type { Drain } from '../drain.ts';
import type { Operators } from '../operators/operators.ts';
import { MAX_MEMBERS } from './caching.hook.ts';
import type { RateLimit } from '../rate-limit/rate-limit.ts';
import { contextOf } from '../request-context.hook.ts';
import { toRepeatedTiming } from '../telemetry/to-server-timing.ts';
import type { RememberedAnswer, RememberedAnswers } from './remembered-answers.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Of what was stored when the request came. */
    generation: number;
  }
}

interface Parts {
  readonly clock: Clock;
  readonly drain: Drain;
  readonly limit: RateLimit;
  readonly operators: Operators;
}

/**
 * Repeats answers of routes that are the same for everybody, before routing leads to guards and handler: of the cost of
 * a fresh hit these, and putting together headers that never change, are two thirds.
 */
export const addRepeats = (
  server: FastifyInstance,
  answers: RememberedAnswers,
  { clock, drain, limit, operators }: Parts,
): void => {
  const answerWith = (request: FastifyRequest, reply: FastifyReply, found: Found, more?: Fields): void => {
    const { answer, proof } = found;
    const context = contextOf(request);
    context.repeated = answer.sources;
    const now = clock.now();
    const timing = proof && { 'server-timing': toRepeatedTiming(answer.sources, now - request.arrivedAt) };
    repeat(reply, answer, { requestId: context.requestId, now, more: timing ? { ...more, ...timing } : more });
  };
  server.decorateRequest('generation', 0);
  server.addHook('onRequest', (request, reply, done) => {
    // While the server closes, connections have to be told.
    const found = !drain.hasBegun() && isPlain(request) ? find(request, answers, operators) : undefined;
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

interface Found {
  readonly answer: RememberedAnswer;
  readonly proof: 'local' | undefined;
}

/** Not for an operator who presented a credential for it: that answer is for nobody else. */
const find = (request: FastifyRequest, answers: RememberedAnswers, operators: Operators): Found | undefined => {
  const answer = answers.find(request.url);
  if (answer === undefined) return undefined;
  const proof = operators.proofOf(request);
  return proof === undefined || proof === 'local' ? { answer, proof } : undefined;
};

/** Asks for nothing that takes the whole way: what other origins may read, validation, a deadline, a body. */
const isPlain = ({ method, headers }: FastifyRequest): boolean =>
  method === 'GET' &&
  headers.origin === undefined &&
  headers['if-none-match'] === undefined &&
  headers['x-request-timeout-ms'] === undefined &&
  headers['content-length'] === undefined &&
  headers['transfer-encoding'] === undefined;

type Fields = Readonly<Record<string, string>>;

interface ThisOne {
  readonly requestId: string;
  readonly now: number;
  readonly more: Fields | undefined;
}

const repeat = (reply: FastifyReply, answer: RememberedAnswer, { requestId, now, more }: ThisOne): void => {
  reply.hijack();
  const age = String(Math.ceil((now - answer.bornAt) / 1_000));
  const ofThisOne = ['x-request-id', requestId, 'age', age, 'cache-status', toCacheStatus(answer, now)];
  if (more !== undefined) ofThisOne.push(...Object.entries(more).flat());
  reply.raw.writeHead(200, answer.headers.concat(ofThisOne)).end(answer.payload);
};

/** RFC 9211: all its sources are hits. */
const toCacheStatus = ({ sources }: RememberedAnswer, now: number): string => {
  let status = '';
  for (const { cache, freshUntil } of sources.slice(0, MAX_MEMBERS)) {
    status += `${status && ', '}${cache}; hit; ttl=${Math.floor((freshUntil - now) / 1_000)}`;
  }
  return status;
};
