import { gzipSync } from 'node:zlib';
import type { Answer } from './exchange.ts';
import { writeJson, writeText } from './write-answer.ts';

/** Everything about the request as JSON. */
export const echoRequest: Answer = ({ request, response, arrival }) => {
  const { method, url, httpVersion, headers, rawHeaders, trailers, body } = arrival;
  const seen = { method, url, httpVersion, headers, rawHeaders, trailers, body: body.toString() };
  if (request.method !== 'HEAD') return writeJson(response, seen);
  return writeText(response, 200, '', [['content-length', String(JSON.stringify(seen).length)]]);
};

/** `/status/<n>?name=value`: this status, with these headers. */
export const giveStatus: Answer = ({ response, path, query }) =>
  writeText(response, Number(path.slice('/status/'.length)), 'as it was asked for', query);

/** `/headers?name=value&name=other` */
export const giveHeaders: Answer = ({ response, query }) => writeText(response, 200, 'headers', query);

/** `/redirect?to=&status=302` */
export const redirect: Answer = ({ response, query }) =>
  writeText(response, Number(query.get('status') ?? 302), '', [['location', query.get('to') ?? '/echo']]);

const COOKIES = [
  'session=s3cret; Path=/; HttpOnly; Secure; SameSite=Lax',
  'theme=dark; Path=/app; Domain=127.0.0.1',
  'lang=en; Max-Age=60; Expires=Fri, 01 Jan 2100 00:00:00 GMT',
  'bare=1',
  '__Host-id=1; Path=/; Secure',
  'away=1; Domain=elsewhere.test',
];

export const setCookies: Answer = ({ response }) =>
  writeText(
    response,
    200,
    'cookies',
    COOKIES.map((cookie) => ['set-cookie', cookie]),
  );

/** `/gzip?n=1000`: text in gzip, asked for or not. */
export const giveGzip: Answer = ({ response, query }) => {
  const bytes = gzipSync('gzip '.repeat(Number(query.get('n') ?? 100)));
  const headers = { 'content-encoding': 'gzip', 'content-type': 'text/plain', 'content-length': bytes.length };
  response.writeHead(200, { ...headers, etag: '"packed"', vary: 'accept-encoding' }).end(bytes);
};

/** `/cache?cache-control=max-age=60&etag="1"`: with these headers; 304 for its validator; the body counts the answers. */
export const giveCacheable: Answer = ({ request, response, query, times }) => {
  const { 'if-none-match': tag, 'if-modified-since': since } = request.headers;
  const isSame =
    tag === undefined ? since !== undefined && since === query.get('last-modified') : tag === query.get('etag');
  writeText(response, isSame ? 304 : 200, String(times), query);
};
