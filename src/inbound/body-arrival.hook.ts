import { RequestTimeoutException } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../platform/clock.ts';
import { sendProblem } from './problems/send-problem.ts';
import { toProblemParts } from './problems/to-problem.ts';
import { contextOf } from './request-context.hook.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The handler reads the body as it comes, and sees to how long that takes itself. Default false. */
    streamsBody?: boolean;
  }
}

/** How long a body may take from the head of its request to its last byte. */
export const BODY_TIMEOUT_MS = 60_000;

/** What is left of a body when its request has been answered may take as long. */
export const addBodyArrival = (server: FastifyInstance, clock: Clock): void => {
  server.addHook('onRequest', (request, reply, done) => {
    if (!hasBody(request)) return done();
    if (request.routeOptions.config.streamsBody !== true) limit(request, clock, () => refuse(request, reply));
    else contextOf(request).whenOver(() => limit(request, clock, () => request.raw.socket.destroy()));
    done();
  });
};

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined ||
  (headers['content-length'] !== undefined && headers['content-length'] !== '0');

/** Against slow ones: each holds a connection. */
const limit = ({ raw }: FastifyRequest, clock: Clock, giveUp: () => void): void => {
  const { socket } = raw;
  if (raw.complete || socket.destroyed) return;
  const over = (): void => {
    cancel();
    raw.off('end', over);
    socket.off('close', over);
  };
  const cancel = clock.schedule(() => {
    over();
    if (!raw.complete) giveUp();
  }, BODY_TIMEOUT_MS);
  raw.once('end', over);
  socket.once('close', over);
};

const refuse = (request: FastifyRequest, reply: FastifyReply): void => {
  // Answered already, and the rest of the body does not end.
  if (reply.sent || reply.raw.headersSent) return void request.raw.socket.destroy();
  const late = new RequestTimeoutException('The request took too long to arrive');
  contextOf(request).abort(late);
  reply.header('connection', 'close');
  sendProblem(request, reply, { parts: toProblemParts(late), thrown: late });
};
