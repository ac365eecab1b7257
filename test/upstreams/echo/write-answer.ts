import type { ServerResponse } from 'node:http';

export type HeaderPairs = Iterable<readonly [string, string]>;

/** Headers of the same name become as many lines. */
export function setHeaders(response: ServerResponse, headers: HeaderPairs): void {
  const byName = Map.groupBy(headers, ([name]) => name);
  for (const [name, pairs] of byName) {
    response.setHeader(
      name,
      pairs.map(([, value]) => value),
    );
  }
}

/** One answer with a length, except where there can be none. */
export function writeText(response: ServerResponse, status: number, text: string, headers: HeaderPairs = []): void {
  const hasBody = status !== 204 && status !== 304;
  if (hasBody) {
    response.setHeader('content-type', 'text/plain; charset=utf-8');
    response.setHeader('content-length', Buffer.byteLength(text));
  }
  setHeaders(response, headers);
  response.writeHead(status).end(hasBody ? text : undefined);
}

export function writeJson(response: ServerResponse, body: unknown, headers: HeaderPairs = []): void {
  writeText(response, 200, JSON.stringify(body), [['content-type', 'application/json; charset=utf-8'], ...headers]);
}
