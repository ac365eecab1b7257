import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerOptions } from '../platform/server.config.ts';
import { contextOf, toRequestId } from './request-context.hook.ts';
import { PROBLEMS } from './problems/problem.ts';
import { PROBLEM_TYPE, sendProblem } from './problems/send-problem.ts';
import { toProblem, type ProblemParts } from './problems/to-problem.ts';

/** Longer names are for the validation to refuse, with a reason; the router would only not find them. */
const MAX_PARAM_LENGTH = 8_192;

/** How long a connection may take to send its headers (against slow ones), and its whole request. */
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 60_000;

/** The HTTP server: what it refuses before any route or hook is reached is a problem too. */
export const createServerAdapter = ({ bodyLimitBytes, trustProxy }: ServerOptions): FastifyAdapter =>
  new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    trustProxy: trustProxy.length > 0 ? trustProxy : false,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    // Requests that were accepted are answered; what closes is the listening socket.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS },
    frameworkErrors: refuseUrl,
    clientErrorHandler: refuseConnection,
  });

const invalid = (detail: string, status: number = PROBLEMS.invalid_request.status): ProblemParts => ({
  code: 'invalid_request',
  status,
  detail,
});

/** A URL that cannot be decoded matches no route and passes no hook. */
const refuseUrl = (error: Error, request: FastifyRequest, reply: FastifyReply): void => {
  reply.header('x-request-id', contextOf(request).requestId);
  sendProblem(request, reply, { parts: invalid('The URL cannot be decoded'), thrown: error });
};

const PARSER_REFUSALS: Readonly<Record<string, ProblemParts>> = {
  HPE_HEADER_OVERFLOW: invalid('The headers are too large', 431),
  ERR_HTTP_REQUEST_TIMEOUT: invalid('The request took too long to arrive', 408),
};

/** What is not HTTP gets its answer on the bare socket. */
const refuseConnection = (error: Error & { code?: string }, socket: Socket): void => {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const parts = PARSER_REFUSALS[error.code ?? ''] ?? invalid('The request is not valid HTTP');
  const requestId = toRequestId(undefined);
  const body = JSON.stringify(toProblem(parts, { url: '', requestId }));
  const head = [
    `HTTP/1.1 ${parts.status} ${STATUS_CODES[parts.status]}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};
