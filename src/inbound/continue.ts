import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** Requests whose caller has not been told to go on. */
const waiting = new WeakSet<IncomingMessage>();

/** Whether the caller waits for `100 Continue` before it sends the body (RFC 9110 §10.1.1). */
export const expectsContinue = (request: IncomingMessage): boolean =>
  request.headers.expect !== undefined && waiting.has(request);

/** Tells the caller to send the body, if it waits for that and has not been answered. */
export const writeContinue = (request: IncomingMessage, response: ServerResponse): void => {
  if (!waiting.delete(request) || response.headersSent || response.destroyed) return;
  response.writeContinue();
};

/**
 * Callers who ask are told to send the body when somebody begins to read it, and not before: who is refused keeps it, and
 * the connection is closed, as nobody could tell whether a body follows.
 */
export const holdContinue = (server: Server): void => {
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    waiting.add(request);
    onFirstRead(request, () => writeContinue(request, response));
    server.emit('request', request, response);
  });
};

/** However it is read: by its events, piped, or iterated over. */
const onFirstRead = (request: IncomingMessage, task: () => void): void => {
  const read = request._read.bind(request);
  request._read = (size) => {
    request._read = read;
    task();
    read(size);
  };
};
