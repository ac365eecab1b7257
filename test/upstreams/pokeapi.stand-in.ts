import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createFindAnswer, type Found } from './pokeapi/find-answer.ts';
import { writeDocument, writeText } from './pokeapi/write-answer.ts';
import { remember } from './recent-list.ts';
import { listenLocally, type StandIn } from './stand-in.ts';

export interface PokeApiOptions {
  /** Port on 127.0.0.1. Default: 0, the system chooses. */
  readonly port?: number;
  /** How long every answer takes. Default: 0. */
  readonly latencyMs?: number;
  /** How long a 404 takes; the real one takes about a second. Default: `latencyMs`. */
  readonly notFoundLatencyMs?: number;
  /** The least size of charizard's JSON, reached to within one move detail (some 220 bytes). Default: its own 297 KB. */
  readonly padCharizardToBytes?: number;
  /** `Cache-Control` of every 200 and 304. Default: what the real one says, a day. */
  readonly cacheControl?: string;
}

export interface PokeApiRequest {
  readonly method: string;
  /** With the query string. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface PokeApiStandIn extends StandIn {
  /** The newest requests, oldest first, at most 10,000. */
  readonly requests: readonly PokeApiRequest[];
  /** Requests whose client went away before the answer had been handed to the system. */
  readonly abortedRequests: number;
}

const A_DAY = 'public, max-age=86400, s-maxage=86400';
const FIVE_DAYS = 'public, max-age=432000';

/** Behaves as PokeAPI v2 does, with a few families of real Pokémon; `url` ends in `/api/v2`. */
export async function startPokeApi(options: PokeApiOptions = {}): Promise<PokeApiStandIn> {
  const server = createServer();
  const listening = await listenLocally(server, options.port);
  const url = `http://127.0.0.1:${listening.port}/api/v2`;
  const find = createFindAnswer(url, options.padCharizardToBytes);
  const requests: PokeApiRequest[] = [];
  let abortedRequests = 0;
  server.on('request', (request, response) => {
    remember(requests, { method: request.method ?? '', path: request.url ?? '', headers: request.headers });
    answerLater(request, response, find, options);
    response.once('close', () => (abortedRequests += response.writableFinished || !server.listening ? 0 : 1));
  });
  return {
    url,
    requests,
    get abortedRequests() {
      return abortedRequests;
    },
    close: listening.close,
  };
}

function answerLater(
  request: IncomingMessage,
  response: ServerResponse,
  find: (target: string) => Found,
  options: PokeApiOptions,
): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    writeText(response, 405, 'Method Not Allowed', { Allow: 'GET, HEAD' });
    return;
  }
  const found = find(request.url ?? '/');
  const { latencyMs = 0, notFoundLatencyMs = latencyMs, cacheControl = A_DAY } = options;
  const delayMs = found === 'unknown-resource' ? notFoundLatencyMs : latencyMs;
  const answer = () => writeFound(request, response, found, cacheControl);
  if (delayMs <= 0) return answer();
  const timer = setTimeout(answer, delayMs);
  response.once('close', () => clearTimeout(timer));
}

function writeFound(request: IncomingMessage, response: ServerResponse, found: Found, cacheControl: string): void {
  if (found === 'unknown-endpoint') writeText(response, 400, 'Bad Request');
  else if (found === 'unknown-resource') writeText(response, 404, 'Not Found', { 'Cache-Control': FIVE_DAYS });
  else writeDocument(request, response, found, cacheControl);
}
