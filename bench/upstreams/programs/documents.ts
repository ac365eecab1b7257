import { createServer, type ServerResponse } from 'node:http';
import { toDocument } from '../../questions/document.ts';

// What `upstreamFor` says it shall be.
const cacheControl = process.env['CACHE_CONTROL'] ?? 'no-store';
const answerBytes = Number(process.env['ANSWER_BYTES'] ?? 0);
const latencyMs = Number(process.env['LATENCY_MS'] ?? 0);

const pokemonPath = '/api/v2/pokemon/';
const charizard = toDocument('charizard', answerBytes);
let callCount = 0;

const answer = (response: ServerResponse, status: number, headers: Record<string, string>, bytes: Buffer): void => {
  response.writeHead(status, { 'Cache-Control': 'no-store', ...headers, 'Content-Length': bytes.length }).end(bytes);
};

const answerPokemon = (response: ServerResponse, name: string): void => {
  callCount += 1;
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': cacheControl,
    ETag: `"${name}"`,
  };
  const body = name === 'charizard' ? charizard : toDocument(name, answerBytes);
  if (latencyMs === 0) answer(response, 200, headers, body);
  else setTimeout(answer, latencyMs, response, 200, headers, body);
};

const server = createServer(({ url = '' }, response) => {
  if (url.startsWith(pokemonPath)) {
    answerPokemon(response, url.slice(pokemonPath.length));
  } else if (url === '/calls') {
    answer(response, 200, { 'Content-Type': 'text/plain' }, Buffer.from(String(callCount)));
  } else {
    answer(response, 404, { 'Content-Type': 'text/plain' }, Buffer.from('Not Found'));
  }
});

// Longer than a whole run: a subject's connections survive the rounds in which the others are measured.
server.keepAliveTimeout = 600_000;
server.listen(Number(process.env['PORT']), '127.0.0.1');
