import { createServer, type ServerResponse } from 'node:http';
import { pieces } from '../../questions/pieces.ts';

const chunks = pieces.map((piece) => Buffer.from(piece));
let callCount = 0;

/** Each piece becomes a chunk of its own; no more are under way than the connection takes. */
const sendFrom = (response: ServerResponse, first: number): void => {
  for (let next = first; next < chunks.length; next += 1) {
    if (response.write(chunks[next])) continue;
    response.once('drain', () => {
      sendFrom(response, next + 1);
    });
    return;
  }
  response.end();
};

const server = createServer(({ url = '' }, response) => {
  if (url === '/calls') {
    response.end(String(callCount));
    return;
  }
  callCount += 1;
  // Without a length, so it is sent in chunks (RFC 9112 section 7.1).
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Cache-Control': 'no-store' });
  sendFrom(response, 0);
});

// Longer than a whole run: a subject's connections survive the rounds in which the others are measured.
server.keepAliveTimeout = 600_000;
server.listen(Number(process.env['PORT']), '127.0.0.1');
