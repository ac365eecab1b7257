import type { SemaphoreStandIn } from './semaphore-handles.ts';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What the text says as JSON; undefined where it is none. */
  readonly json: unknown;
}

export interface RawRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH';
  /** Of the query string. */
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>;
  /** Default: the right token. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** As a client asks that knows nothing of Semaphore but its addresses; redirects are not followed. */
export const ask = async (server: SemaphoreStandIn, path: string, request: RawRequest = {}): Promise<RawAnswer> => {
  const { query, headers = { authorization: `Token ${server.token}` } } = request;
  const method = request.method ?? (request.json === undefined && request.form === undefined ? 'GET' : 'POST');
  const sent = bodyOf(request);
  const url = `${server.url}${path}${query === undefined ? '' : `?${new URLSearchParams(query)}`}`;
  const response = await fetch(url, {
    ...{ method, redirect: 'manual', headers: { ...sent.headers, ...headers } },
    ...(sent.body !== undefined && { body: sent.body }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
};

const bodyOf = ({ json, form }: RawRequest): { body?: string; headers?: Record<string, string> } => {
  if (json !== undefined) return { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } };
  if (form === undefined) return {};
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { body: new URLSearchParams(form).toString(), headers };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
