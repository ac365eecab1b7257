import type { IncomingMessage } from 'node:http';
import { remember } from '../recent-list.ts';

export interface AuthorizationRequest {
  readonly method: string;
  /** Without the query string. */
  readonly path: string;
  /** By `performance.now()`. */
  readonly at: number;
  /** Of a request to the token endpoint. */
  readonly grantType?: string;
  /** The id a client gave for itself, proven or not. */
  readonly client?: string;
}

export interface RequestLog {
  /** The newest requests, oldest first, at most 10,000. */
  readonly requests: readonly AuthorizationRequest[];
  add(request: IncomingMessage): void;
  /** Completes an entry with what its form said. */
  learn(request: IncomingMessage, form: URLSearchParams): void;
}

type Entry = { -readonly [Field in keyof AuthorizationRequest]: AuthorizationRequest[Field] };

/** What was asked of the stand-in; an entry appears before its request is answered. */
export const createRequestLog = (): RequestLog => {
  const requests: Entry[] = [];
  const entries = new WeakMap<IncomingMessage, Entry>();
  return {
    requests,
    add: (request) => {
      const entry = toEntry(request);
      entries.set(request, entry);
      remember(requests, entry);
    },
    learn: (request, form) => {
      const entry = entries.get(request);
      const [grantType, client] = [form.get('grant_type'), form.get('client_id')];
      if (entry && grantType !== null) entry.grantType = grantType;
      if (entry && client !== null) entry.client = client;
    },
  };
};

const toEntry = ({ method = '', url = '', headers }: IncomingMessage): Entry => {
  const [path = ''] = url.split('?');
  const [scheme, credentials = ''] = headers.authorization?.split(' ') ?? [];
  const entry: Entry = { method, path, at: performance.now() };
  if (scheme?.toLowerCase() === 'basic') entry.client = clientOf(credentials);
  return entry;
};

/** RFC 6749, section 2.3.1: both halves are form-encoded before they are joined. */
const clientOf = (credentials: string): string => {
  const [id = ''] = Buffer.from(credentials, 'base64').toString().split(':');
  return new URLSearchParams(`id=${id}`).get('id') ?? id;
};
