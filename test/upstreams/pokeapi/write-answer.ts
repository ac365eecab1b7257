import type { IncomingMessage, ServerResponse } from 'node:http';
import type { StoredDocument } from './stored-document.ts';

/** Answers 200, or 304 if the client already has this version; compressed only for clients that ask for gzip. */
export function writeDocument(
  request: IncomingMessage,
  response: ServerResponse,
  document: StoredDocument,
  cacheControl: string,
): void {
  const validators = { 'Cache-Control': cacheControl, ETag: document.etag, Vary: 'Accept-Encoding' };
  if (isFresh(request.headers['if-none-match'], document.etag)) {
    response.writeHead(304, validators).end();
    return;
  }
  const compressed = acceptsGzip(request.headers['accept-encoding']);
  const body = compressed ? document.gzip : document.plain;
  response.writeHead(200, {
    ...validators,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
    ...(compressed && { 'Content-Encoding': 'gzip' }),
  });
  response.end(body);
}

export function writeText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  const length = Buffer.byteLength(text);
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': length, ...headers });
  response.end(text);
}

/** RFC 9110 §13.1.2: compared weakly, so `W/` on either side does not count. */
function isFresh(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag.replace(/^W\//, ''));
}

/** RFC 9110 §12.5.3: `gzip;q=0` is a refusal. */
function acceptsGzip(acceptEncoding: string | string[] | undefined): boolean {
  return String(acceptEncoding ?? '')
    .split(',')
    .map((coding) =>
      coding
        .trim()
        .toLowerCase()
        .split(/\s*;\s*q=/),
    )
    .some(([coding, weight]) => coding === 'gzip' && Number(weight ?? 1) > 0);
}
