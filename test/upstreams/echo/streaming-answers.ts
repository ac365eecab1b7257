import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from './exchange.ts';
import { patternPieces } from './pattern.ts';

/** Until it can take more, or is closed. */
const untilDrained = async (response: ServerResponse): Promise<void> => {
  const over = new AbortController();
  const { signal } = over;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]).finally(() =>
    over.abort(),
  );
};

/** `/bytes/<n>?chunked`: so many bytes of the pattern, no faster than they are taken. */
export const giveBytes: Answer = async ({ request, response, arrival, path, query }) => {
  const length = Number(path.slice('/bytes/'.length));
  response.setHeader('content-type', 'application/octet-stream');
  if (!query.has('chunked')) response.setHeader('content-length', length);
  response.writeHead(200);
  for (const piece of request.method === 'HEAD' ? [] : patternPieces(length)) {
    if (response.destroyed) return;
    const count = (error?: Error | null): void => void (arrival.bytesTaken += error ? 0 : piece.length);
    if (!response.write(piece, count)) await untilDrained(response);
  }
  response.end();
};

/** `/drip?ms=10&n=10`: n pieces, so many ms between them. */
export const drip: Answer = async ({ response, query }) => {
  const [pieces, ms] = [Number(query.get('n') ?? 10), Number(query.get('ms') ?? 10)];
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  response.writeHead(200, { 'content-type': 'text/plain' });
  for (let piece = 1; piece <= pieces; piece += 1) {
    response.write(`drop ${piece}\n`);
    if (piece < pieces) await delay(ms, undefined, { signal: gone.signal });
  }
  response.end();
};

/** One event at once, and one for each `emit`. */
export const giveEvents: Answer = ({ response, speakers }) => {
  const say = (text: string): void => void response.write(`data: ${text}\n\n`);
  response.once('close', speakers.add(say));
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  say('hello');
};

/** `/trailers?name=value`: after the body, `x-checksum` and these. */
export const giveTrailers: Answer = ({ response, query }) => {
  const trailers = { 'x-checksum': 'abc', ...Object.fromEntries(query) };
  response.writeHead(200, { 'content-type': 'text/plain', trailer: Object.keys(trailers).join(', ') });
  response.write('before the trailers');
  response.addTrailers(trailers);
  response.end();
};
