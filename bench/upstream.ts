import { createServer, type ServerResponse } from 'node:http';
import charizard from './charizard.json' with { type: 'json' };

const body = Buffer.from(JSON.stringify(charizard));
let callCount = 0;

const answer = (response: ServerResponse, status: number, contentType: string, bytes: Buffer): void => {
  const headers = { 'Content-Type': contentType, 'Content-Length': bytes.length, 'Cache-Control': 'no-store' };
  response.writeHead(status, headers).end(bytes);
};

const server = createServer((request, response) => {
  if (request.url === '/api/v2/pokemon/charizard') {
    callCount += 1;
    answer(response, 200, 'application/json; charset=utf-8', body);
  } else if (request.url === '/calls') {
    answer(response, 200, 'text/plain', Buffer.from(String(callCount)));
  } else {
    answer(response, 404, 'text/plain', Buffer.from('Not Found'));
  }
});

// Longer than a whole run: a subject's connections survive the rounds in which the others are measured.
server.keepAliveTimeout = 600_000;
server.listen(Number(process.env['PORT']), '127.0.0.1');
