import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findFault } from './framing.ts';
import { sendProblem } from './problems/send-problem.ts';
import { toProblemParts } from './problems/to-problem.ts';
import { upgradeOf } from './upgrades.ts';

const refused = new WeakSet<Socket>();

/** Refuses requests that somebody else would read in another way than we do, and their connections. */
export const addFraming = (server: FastifyInstance): void => {
  server.addHook('onRequest', (request, reply, done) => {
    if (refuseFault(request, reply)) return;
    if (ignoresUpgrade(request.raw)) endConnection(request, reply);
    done();
  });
};

/** Whether nothing of a request makes a difference to where it ends and whom it is for: `addFraming` would let it pass as it is. */
export const isSound = (raw: IncomingMessage): boolean =>
  raw.headers.upgrade === undefined && !refused.has(raw.socket) && findFault(raw) === undefined;

/** The server loses what came in the same breath as such a request: what it reads next may begin in the middle of another. */
const ignoresUpgrade = (raw: IncomingMessage): boolean =>
  raw.headers.upgrade !== undefined && upgradeOf(raw) === undefined;

const endConnection = ({ raw }: FastifyRequest, reply: FastifyReply): void => {
  refused.add(raw.socket);
  reply.raw.shouldKeepAlive = false;
};

/**
 * Whether a request was refused. It is answered here and not thrown, wherever its route comes from: what a hook throws is
 * for the error handler that was there when the route was made.
 */
export const refuseFault = (request: FastifyRequest, reply: FastifyReply): boolean => {
  const { raw } = request;
  // What comes behind such a request may be a part of it to somebody else. It is parsed before the connection closes.
  if (refused.has(raw.socket)) return (reply.hijack(), true);
  const fault = findFault(raw);
  if (fault === undefined) return false;
  refused.add(raw.socket);
  reply.header('connection', 'close');
  sendProblem(request, reply, { parts: toProblemParts(fault), thrown: fault });
  return true;
};
