import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../platform/clock.ts';
import { contextOf } from '../request-context.hook.ts';
import { isTunnel } from '../upgrades.ts';
import type { CallsOfRequests } from './calls-of-requests.ts';
import { CALLER_GONE_STATUS, type RequestRecord } from './request-record.ts';
import type { RequestRecords } from './request-records.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** When it came, on the clock's monotonic scale. */
    arrivedAt: number;
  }

  interface FastifyInstance {
    /** Sees to the record of a request that passes no hooks. */
    recordRequest?: (request: FastifyRequest, reply: FastifyReply) => void;
  }
}

interface Parts {
  readonly records: RequestRecords;
  readonly calls: CallsOfRequests;
  readonly clock: Clock;
}

/**
 * Publishes one record for each request, whatever became of it.
 * A hook and not an interceptor: those never see what guards and routing refuse.
 */
export const addRequestRecords = (server: FastifyInstance, { records, calls, clock }: Parts): void => {
  const recordRequest = (request: FastifyRequest, reply: FastifyReply): void => {
    const startedAt = clock.now();
    const context = contextOf(request);
    request.arrivedAt = startedAt;
    records.begin();
    context.whenOver(() => {
      const durationMs = clock.now() - startedAt;
      records.publish({ ...toRecord(request, reply), context, startedAt, durationMs, calls: calls.of(context) });
    });
  };
  server.decorateRequest('arrivedAt', 0);
  server.decorate('recordRequest', recordRequest);
  server.addHook('onRequest', (request, reply, done) => {
    recordRequest(request, reply);
    done();
  });
};

type Outcome = Pick<RequestRecord, 'request' | 'reply' | 'route' | 'status' | 'isBrokenOff'>;

const toRecord = (request: FastifyRequest, reply: FastifyReply): Outcome => {
  const isFinished = reply.raw.writableFinished;
  return {
    request,
    reply,
    route: request.routeOptions.url,
    status: isFinished || isTunnel(request.raw) ? reply.statusCode : CALLER_GONE_STATUS,
    isBrokenOff: !isFinished && contextOf(request).failure !== undefined,
  };
};
