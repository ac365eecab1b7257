import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/logging/log.ts';
import { contextOf } from './request-context.hook.ts';
import { isTunnel } from './upgrades.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Sees to the log line of a request that passes no hooks. */
    logAccess?: (request: FastifyRequest, reply: FastifyReply) => void;
  }
}

/** What the log shows for a caller that left before it was answered. */
const CALLER_GONE_STATUS = 499;

/**
 * Writes one line for each request, whatever became of it.
 * A hook and not an interceptor: those never see what guards and routing refuse.
 */
export const addAccessLog = (server: FastifyInstance, log: Log, clock: Clock): void => {
  const logAccess = (request: FastifyRequest, reply: FastifyReply): void => {
    const startedAt = clock.now();
    contextOf(request).whenOver(() => {
      const level = reply.statusCode >= 500 || hasBrokenOff(request, reply) ? 'warn' : 'info';
      if (log.isLevelEnabled(level)) log[level](toLine(request, reply, clock.now() - startedAt), 'request');
    });
  };
  server.decorate('logAccess', logAccess);
  server.addHook('onRequest', (request, reply, done) => {
    logAccess(request, reply);
    done();
  });
};

/** An answer that had begun, and that we could not finish. */
const hasBrokenOff = (request: FastifyRequest, reply: FastifyReply): boolean =>
  contextOf(request).failure !== undefined && !reply.raw.writableFinished;

/** The route's template instead of the URL: values and queries stay out of the log. */
const toLine = (request: FastifyRequest, reply: FastifyReply, durationMs: number): object => {
  const { requestId, trace, upstreamTime, failure } = contextOf(request);
  return {
    requestId,
    traceId: trace.traceId,
    method: request.method,
    route: request.routeOptions.url ?? '(none)',
    status: reply.raw.writableFinished || isTunnel(request.raw) ? reply.statusCode : CALLER_GONE_STATUS,
    durationMs: round(durationMs),
    upstreamMs: round(upstreamTime.totalMs),
    upstreamCalls: upstreamTime.calls,
    ...(failure && { failure }),
  };
};

const round = (ms: number): number => Math.round(ms * 10) / 10;
