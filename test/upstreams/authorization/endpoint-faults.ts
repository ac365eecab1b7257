import type { IncomingMessage, ServerResponse } from 'node:http';

/** A status to answer with; `reset` cuts the connection without an answer; `hang` never answers. */
export type EndpointFault = number | 'reset' | 'hang';

/** Answers as an endpoint in trouble does; the body of the request has been read. */
export const fail = (request: IncomingMessage, response: ServerResponse, fault: EndpointFault): void => {
  if (fault === 'hang') return;
  if (fault === 'reset') return void request.socket.resetAndDestroy();
  response.writeHead(fault, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ error: fault < 500 ? 'invalid_request' : 'temporarily_unavailable' }));
};
