import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ProblemParts } from './problems/to-problem.ts';
import { writeProblem } from './problems/write-problem.ts';
import { toRequestId } from './request-context.hook.ts';
import { writeBareProblem } from './write-bare-problem.ts';

const UNMET_EXPECTATION: ProblemParts = {
  code: 'invalid_request',
  status: 417,
  detail: 'The Expect header asks for something that is not done here',
};

const NO_PROXY: ProblemParts = { code: 'invalid_request', status: 405, detail: 'This server is no proxy for CONNECT' };

/** RFC 9110 §15.5.6. */
const ALLOWED = { allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' };

/** Answers with a problem where the HTTP server itself would answer with an empty body, or not at all. */
export const refuseOddRequests = (httpServer: Server): void => {
  httpServer.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    const { head, body } = writeProblem(UNMET_EXPECTATION, toRequestId(request.headers['x-request-id']));
    response.writeHead(UNMET_EXPECTATION.status, { ...head, connection: 'close' }).end(body);
  });
  httpServer.on('connect', (request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => undefined);
    const requestId = toRequestId(request.headers['x-request-id']);
    socket.end(writeBareProblem(NO_PROXY, requestId, ALLOWED), () => socket.destroy());
  });
};
