import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerOptions } from '../platform/server.config.ts';
import { refuseFault } from './framing.hook.ts';
import { toOriginForm } from './framing.ts';
import { contextOf, toRequestId } from './request-context.hook.ts';
import { isTokenOverflow, type ParserError } from './authentication/token-overflow.ts';
import { invalidToken } from './authentication/refusals.ts';
import { PROBLEMS } from './problems/problem.ts';
import { sendProblem } from './problems/send-problem.ts';
import type { ProblemParts } from './problems/to-problem.ts';
import { mayUpgrade } from './serve-upgrades.ts';
import { writeBareProblem } from './write-bare-problem.ts';

/** Longer names are for the validation to refuse, with a reason; the router would only not find them. */
const MAX_PARAM_LENGTH = 8_192;

/** How long a connection may take to send its headers (against slow ones); and how often that is looked at. */
const HEADERS_TIMEOUT_MS = 15_000;
const CHECK_INTERVAL_MS = 5_000;

/** The HTTP server: what it refuses before any route or hook is reached is a problem too. */
export const createServerAdapter = ({ bodyLimitBytes, trustProxy }: ServerOptions): FastifyAdapter =>
  new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    trustProxy: trustProxy.length > 0 ? trustProxy : false,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    // Requests that were accepted are answered; what closes is the listening socket.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    // Bodies have a hook of ours, as those that are passed on may take any time.
    requestTimeout: 0,
    rewriteUrl: (request: IncomingMessage) => toOriginForm(request),
    http: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
      // Checked by our own hook: the server's own refusal has no body.
      requireHostHeader: false,
      shouldUpgradeCallback: mayUpgrade,
    },
    frameworkErrors: refuseUrl,
    clientErrorHandler: refuseConnection,
  });

const invalid = (detail: string, status: number = PROBLEMS.invalid_request.status): ProblemParts => ({
  code: 'invalid_request',
  status,
  detail,
});

const UNDECODABLE = invalid('The URL cannot be decoded');
const TOO_LONG = invalid(`A part of the path is longer than ${MAX_PARAM_LENGTH} characters`);

/** Such a URL matches no route and passes no hook, so what hooks do is done here. */
const refuseUrl = (error: Error & { code?: string }, request: FastifyRequest, reply: FastifyReply): void => {
  const context = contextOf(request);
  reply.header('x-request-id', context.requestId);
  reply.raw.once('close', () => context.end());
  request.server.recordRequest?.(request, reply);
  if (refuseFault(request, reply)) return;
  sendProblem(request, reply, { parts: error.code === 'FST_ERR_BAD_URL' ? UNDECODABLE : TOO_LONG, thrown: error });
};

const PARSER_REFUSALS: Readonly<Record<string, ProblemParts>> = {
  HPE_HEADER_OVERFLOW: invalid('The headers are too large', 431),
  ERR_HTTP_REQUEST_TIMEOUT: invalid('The request took too long to arrive', 408),
};

/** What is not HTTP gets its answer on the bare socket, unless one is under way there. */
const refuseConnection = (error: ParserError, socket: Socket): void => {
  const answer = (socket as { readonly _httpMessage?: ServerResponse | null })._httpMessage;
  if (answer?.headersSent && answer.writableEnded) return socket.destroySoon();
  if (!socket.writable || error.code === 'ECONNRESET' || answer?.headersSent) return void socket.destroy();
  const { parts, more } = toParserRefusal(error);
  socket.end(writeBareProblem(parts, toRequestId(undefined), more));
};

interface ParserRefusal {
  readonly parts: ProblemParts;
  /** Headers beside those of every problem. */
  readonly more?: Readonly<Record<string, string>>;
}

const toParserRefusal = (error: ParserError): ParserRefusal => {
  if (isTokenOverflow(error)) {
    const { challenge, message } = invalidToken('too long');
    return { parts: { code: 'unauthorized', status: 401, detail: message }, more: { 'www-authenticate': challenge } };
  }
  return { parts: PARSER_REFUSALS[error.code ?? ''] ?? invalid('The request is not valid HTTP') };
};
