import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { ProblemParts } from './problems/to-problem.ts';
import { writeProblem } from './problems/write-problem.ts';
import { toRequestId } from './request-context.hook.ts';

const unmetExpectation: ProblemParts = {
  code: 'invalid_request',
  status: 417,
  detail: 'The Expect header asks for something that is not done here',
};

/** Answers with a problem where the HTTP server itself would answer with an empty body. */
export const refuseOddRequests = (httpServer: Server): void => {
  httpServer.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    const { head, body } = writeProblem(unmetExpectation, toRequestId(request.headers['x-request-id']));
    response.writeHead(unmetExpectation.status, { ...head, connection: 'close' }).end(body);
  });
};
