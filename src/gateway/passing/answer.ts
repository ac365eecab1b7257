import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { contextOf } from '../../inbound/request-context.hook.ts';
import { leaveReply, toCacheStatus, UpstreamError, type Reply } from '../../outbound/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { permittedTrailers } from '../../platform/permitted-trailers.ts';
import type { Answer } from '../headers/answer.ts';
import { receivedStatus } from '../headers/proxy-status.ts';
import type { Route } from '../routes/route.ts';
import { writeBody, type WrittenAnswer } from './answer-writer.ts';
import { toOwnHeaders } from './own-headers.ts';

export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly route: Route;
  /** What the upstream was asked for. */
  readonly upstreamPath: string;
  /** Off the front of the caller's path; empty for nothing. */
  readonly stripped: string;
}

/** Gives our caller the upstream's answer, as it comes; resolves when it is over, however it ended. Undefined: it was whole. */
export const answer = (exchange: Exchange, upstream: Reply, clock: Clock): Promise<void> | undefined => {
  const { reply, route } = exchange;
  const { response: limits, timeouts } = route.options;
  refuseTooLarge(exchange, upstream);
  const response = reply.raw;
  reply.hijack();
  response.writeHead(upstream.status, toHead(exchange, upstream));
  if (upstream.rest === undefined) {
    if (upstream.trailers) response.addTrailers(permittedTrailers(upstream.trailers));
    endWith(response, upstream.body);
    return undefined;
  }
  if (upstream.body.length > 0) response.write(upstream.body);
  const { idleMs } = timeouts;
  const maxBytes = limits.maxBytes - upstream.body.length;
  breakOffAtDeadline(exchange);
  return writeBody(upstream.rest, response, { idleMs, clock, maxBytes }).then((written) => noteEnd(exchange, written));
};

/** Only a caller sets one (`X-Request-Timeout-Ms`): it counts to the last byte. */
const breakOffAtDeadline = ({ request, reply }: Exchange): void => {
  const { deadlineAt, cancellation } = contextOf(request);
  if (deadlineAt !== Infinity) cancellation.addEventListener('abort', () => reply.raw.destroy());
};

/** Up to here, head and body are cheaper to send as one text than as two buffers. */
const ONE_TEXT_BYTES = 16_384;

/** Latin-1 is the same bytes in other words. */
const endWith = (response: ServerResponse, body: Buffer): void => {
  if (body.length > ONE_TEXT_BYTES) response.end(body);
  else response.end(body.toString('latin1'), 'latin1');
};

/** Why an answer is not whole, for its log line. */
const noteEnd = ({ request, route }: Exchange, { end, error }: WrittenAnswer): void => {
  if (end === 'whole' || end === 'caller_gone') return;
  const reason = error instanceof UpstreamError ? error.reason : end;
  contextOf(request).failure = { code: end, reason, provider: route.target.provider.name };
};

/** Known before anything has been sent, it can still be told. HEAD and 304 have a length without a body. */
const refuseTooLarge = ({ request, route }: Exchange, upstream: Reply): void => {
  const { name, response } = route.options;
  const { maxBytes } = response;
  if (maxBytes === Infinity) return;
  const told = mayHaveBody(request.method, upstream.status) ? Number(upstream.headers['content-length'] ?? 0) : 0;
  if (!(Math.max(told, upstream.body.length) > maxBytes)) return;
  leaveReply(upstream);
  throw new UpstreamError({
    code: 'upstream_invalid_answer',
    provider: route.target.provider.name,
    operation: name,
    reason: `the answer is larger than ${maxBytes} bytes`,
    transient: false,
  });
};

const toHead = (exchange: Exchange, upstream: Reply): string[] => {
  const { status, headers, body, rest, trailers } = upstream;
  const { request, reply } = exchange;
  // A length that was not told is known when all is there; with fields to follow, it is not to be told.
  const isWhole = rest === undefined && trailers === undefined;
  const mayTrail = !isWhole && request.raw.httpVersion === '1.1' && request.method !== 'HEAD';
  const head = exchange.route.toResponseHeaders(toAnswer(exchange, upstream, mayTrail));
  if (isWhole && headers['content-length'] === undefined && mayHaveBody(request.method, status))
    head.push('content-length', String(body.length));
  return toOwnHeaders(reply, head);
};

/** The cache is off: it was not even passed. */
const BYPASSED = { fwd: 'bypass' } as const;

export const toAnswer = (exchange: Exchange, { status, headers, cache }: Reply, mayTrail: boolean): Answer => {
  const { request, route, upstreamPath, stripped } = exchange;
  return {
    status,
    headers,
    requestId: contextOf(request).requestId,
    cacheStatus: toCacheStatus(route.target.provider.name, cache ?? BYPASSED),
    // What was answered from the store was not received now.
    proxyStatus: receivedStatus(cache && cache.fwd === undefined ? undefined : status),
    upstreamPath,
    stripped,
    host: request.host,
    protocol: request.protocol,
    mayTrail,
  };
};

const mayHaveBody = (method: string, status: number): boolean =>
  method !== 'HEAD' && status !== 204 && status !== 304 && status >= 200;
