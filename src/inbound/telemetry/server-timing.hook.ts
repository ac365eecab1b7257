import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../../platform/clock.ts';
import { keepForCaller } from '../caching/keep-for-caller.ts';
import type { Operators } from '../operators/operators.ts';
import { contextOf } from '../request-context.hook.ts';
import type { CallsOfRequests } from './calls-of-requests.ts';
import { toServerTiming } from './to-server-timing.ts';

export interface TimingParts {
  readonly operators: Operators;
  readonly calls: CallsOfRequests;
  readonly clock: Clock;
}

/**
 * Tells operators with each answer which upstream calls it was made of, and how long those took that are over: nobody else, so
 * an answer to who presented a credential for it is for them alone. Comes after all that keeps answers.
 */
export const addServerTiming = (server: FastifyInstance, { operators, calls, clock }: TimingParts): void => {
  server.addHook('onSend', (request, reply, payload, done) => {
    const proof = isUsersOwn(request) ? undefined : operators.proofOf(request);
    if (proof !== undefined) {
      const totalMs = clock.now() - request.arrivedAt;
      reply.header('server-timing', toServerTiming(calls.of(contextOf(request)), totalMs));
      if (proof !== 'local') keepForCaller(reply);
    }
    done(null, payload);
  });
};

/** Its credential was found to be a user's: it need not be compared. */
const isUsersOwn = (request: FastifyRequest): boolean =>
  request.headers.authorization !== undefined && contextOf(request).caller !== undefined;
