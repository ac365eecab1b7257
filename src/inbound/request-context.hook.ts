import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../platform/clock.ts';
import { CallerGone } from '../platform/context/caller-gone.ts';
import { RequestContext, runInContext } from '../platform/context/request-context.ts';
import type { Sample } from '../platform/context/trace-context.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined only before the first hook has run. */
    context: RequestContext | undefined;
  }
}

/** An id that may go into headers and logs as it is. */
const SANE_ID = /^[\w.-]{1,128}$/;

/** The id this request goes by: its own if sane, else a new one. */
export const toRequestId = (header: string | string[] | undefined): string =>
  typeof header === 'string' && SANE_ID.test(header) ? header : randomUUID();

/** The request's context; made on the spot for one that failed before any hook ran. */
export const contextOf = (request: FastifyRequest): RequestContext =>
  (request.context ??= new RequestContext(toRequestId(request.headers['x-request-id']), undefined, Infinity));

/** Makes the context of a request that has just come. */
export type OpenContext = (headers: IncomingHttpHeaders) => RequestContext;

interface RequestContextParts {
  readonly clock: Clock;
  readonly requestTimeoutMs: number;
  /** Which traces are recorded. Default: none by us. */
  readonly sample?: Sample | undefined;
}

/**
 * Gives every request its context, and its answer the request id, before anything else can fail.
 * A hook and not a middleware: reading a body loses the asynchronous context, so it is entered right before the
 * guards run; and unknown routes, which reach neither, get their id all the same.
 * @returns what does the same for requests that are answered ahead of hooks
 */
export const addRequestContext = (server: FastifyInstance, parts: RequestContextParts): OpenContext => {
  const open = openBy(parts);
  server.decorateRequest('context', undefined);
  server.addHook('onRequest', (request, reply, done) => {
    const context = (request.context = open(request.headers));
    reply.header('x-request-id', context.requestId);
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) context.abort(new CallerGone());
      context.end();
    });
    done();
  });
  server.addHook('preHandler', (request, _reply, done) => runInContext(contextOf(request), done));
  return open;
};

const openBy =
  ({ clock, requestTimeoutMs, sample }: RequestContextParts): OpenContext =>
  ({ 'x-request-id': id, traceparent, tracestate }) => {
    const deadlineAt = clock.now() + requestTimeoutMs;
    const context = new RequestContext(toRequestId(id), toText(traceparent), deadlineAt, false, sample);
    if (tracestate !== undefined) context.tracestate = toText(tracestate);
    return context;
  };

const toText = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : undefined;
