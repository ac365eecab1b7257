import type { IncomingMessage } from 'node:http';

/** What a caller said in path, body and query string; the former outweighs the latter. */
export type Params = Readonly<Record<string, unknown>>;

/** Text that was to be JSON and is none. */
export class MalformedBody extends Error {}

/** JSON and forms are read; a body of another type, or of none, is as if it was not there. */
export const readParams = (headers: IncomingMessage['headers'], body: string, query: URLSearchParams): Params => ({
  ...Object.fromEntries(query),
  ...bodyParams((headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '', body),
});

const bodyParams = (type: string, body: string): Params => {
  if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(body));
  if ((type !== 'application/json' && !type.endsWith('+json')) || body === '') return {};
  const content = parseJson(body);
  return typeof content === 'object' && content !== null && !Array.isArray(content)
    ? (content as Params)
    : { _json: content };
};

const parseJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    throw new MalformedBody();
  }
};

/** Empty for what is absent and for what is no text. */
export const textOf = (params: Params, name: string): string => {
  const value = params[name];
  return typeof value === 'string' ? value : '';
};
