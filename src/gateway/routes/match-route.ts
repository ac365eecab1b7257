import type { IncomingHttpHeaders } from 'node:http';
import { isHost } from './is-host.ts';
import { compilePathMatch, type PathValues } from './match-path.ts';
import type { MatchOptions } from './route-options.ts';

/** What a route is chosen by. */
export interface Matchable {
  readonly method: string;
  /** Normalised, relative to the route: `/` for `/gateway/<name>` alone. */
  readonly path: string;
  /** As the request names it; its port does not matter. */
  readonly host: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

export type Match =
  | { readonly kind: 'match'; readonly values: PathValues }
  /** There is nothing here: 404. */
  | { readonly kind: 'absent' }
  /** There is, for other methods: 405 with these as `Allow`. */
  | { readonly kind: 'method'; readonly allowed: readonly string[] };

type Accepts<T> = (value: T) => boolean;

const ABSENT: Match = Object.freeze({ kind: 'absent' });

/** TRACE answers with the credentials of the request (RFC 9110 §9.3.8); CONNECT is no request for a resource. */
const NEVER: readonly string[] = ['TRACE', 'CONNECT'];
const USUAL: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** A route's rules as one function. Where they capture nothing, it allocates nothing. */
export const compileMatch = (options: MatchOptions): ((request: Matchable) => Match) => {
  const matchPath = compilePathMatch(options);
  const acceptsHost = compileHost(options.host);
  const acceptsHeaders = compileHeaders(options.headers);
  const { accepts: acceptsMethod, refused } = compileMethods(options.methods);
  return ({ method, path, host, headers }) => {
    const match = matchPath(path);
    if (match === undefined || !acceptsHost(host) || !acceptsHeaders(headers)) return ABSENT;
    return acceptsMethod(method) ? match : refused;
  };
};

const compileHost = (expected: string | undefined): Accepts<string | undefined> =>
  expected === undefined ? () => true : (host) => host !== undefined && isHost(host, expected);

const compileHeaders = (expected: Readonly<Record<string, string>>): Accepts<IncomingHttpHeaders> => {
  const names = Object.keys(expected);
  return names.length === 0 ? () => true : (headers) => names.every((name) => headers[name] === expected[name]);
};

const compileMethods = (methods: readonly string[] | undefined): { accepts: Accepts<string>; refused: Match } => {
  if (methods === undefined) return { accepts: (method) => !NEVER.includes(method), refused: refusedFor(USUAL) };
  const allowed = new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])));
  return { accepts: (method) => allowed.has(method), refused: refusedFor([...allowed]) };
};

const refusedFor = (allowed: readonly string[]): Match => Object.freeze({ kind: 'method', allowed });
