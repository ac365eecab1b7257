import type { TargetOptions } from './target-options.ts';

/** What the routes file says, checked, with every default filled in. One of these is one entry of `routes`. */
export interface RouteOptions {
  /** Lower-case letters, digits and dashes; served under `/gateway/<name>`. */
  readonly name: string;
  /** For the list of routes and the documentation. Default: none. */
  readonly description?: string;
  /** Anybody may use it. Default false: users with a token or a session only. */
  readonly public: boolean;
  /** What a user needs all of. Default none. Contradicts `public`. */
  readonly scopes: readonly string[];
  readonly match: MatchOptions;
  /** One of `target` and `aggregate` is there. */
  readonly target?: TargetOptions;
  readonly aggregate?: AggregateOptions;
  readonly rewriting: RewritingOptions;
  readonly request: RequestOptions;
  readonly response: ResponseOptions;
  readonly timeouts: TimeoutOptions;
  readonly retries: RetryOptions;
  /** A second attempt beside one that is late, of GET, HEAD and OPTIONS. Default: the provider's, else off. */
  readonly hedge?: 'on' | 'off' | HedgeOptions;
  /** `shared`, `off`, or what differs from the upstream's own word. Default off. */
  readonly cache: 'shared' | 'off' | CacheOptions;
  /** `requests/seconds` of each caller, beside RATE_LIMIT. Default none. */
  readonly rateLimit?: string;
  /** Requests and tunnels under way at most, streams included. Default 1,024. */
  readonly maxConcurrent: number;
  /** Protocols that connections may be upgraded to, lower case. Default websocket. */
  readonly upgrades: readonly string[];
}

/** Which requests under `/gateway/<name>` it takes; all others are 404, or 405 where only the method differs. */
export interface MatchOptions {
  /** The path begins with these segments, such as `/v2`. Default `/`. */
  readonly prefix?: string;
  /** Or it is exactly this, `{name}` standing for one segment, such as `/users/{id}`. */
  readonly path?: string;
  /** Upper case. Default: any. GET includes HEAD. */
  readonly methods?: readonly string[];
  /** Host that the request names, lower case, without its port. */
  readonly host?: string;
  /** Headers that must have exactly these values; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Several answers in one. GET only. */
export interface AggregateOptions {
  readonly parts: readonly PartOptions[];
}

export interface PartOptions {
  /** Where its answer stands in ours. */
  readonly key: string;
  readonly target: TargetOptions;
  /** Path below the target's base; `{name}` stands for what the route's `match.path` has under that name. */
  readonly path: string;
  /** Without it there is no answer. Default true. */
  readonly required: boolean;
  /** Default: the route's `timeouts.callMs`. */
  readonly timeoutMs?: number;
}

export interface RewritingOptions {
  /** Taken off the front of the path, as whole segments. */
  readonly strip?: string;
  /** In place of the path, `{name}` as in `match.path`. */
  readonly rewrite?: string;
  /** `%2F` and `%5C` within a segment are passed on. Default false: 400. */
  readonly allowEncodedSlashes: boolean;
}

/** A header's value: as written, or that of an environment variable (also of the file that `<NAME>_FILE` names), read at loading. */
export interface HeaderRules {
  /** In place of what is there. Names in lower case. */
  readonly set: Readonly<Record<string, string>>;
  /** Beside what is there. */
  readonly add: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

export interface RequestOptions {
  readonly headers: HeaderRules;
  /** Keys that a query may have; others are 400. Default: any. */
  readonly query?: readonly string[];
  /** Largest body in bytes. Default 10 MiB. */
  readonly maxBytes: number;
  /** Credentials of our caller that are passed on: `authorization`, `cookie`. Default none. */
  readonly forward: readonly ('authorization' | 'cookie')[];
  /** What `Host` says: the upstream's own name, or what our caller said. Default upstream. */
  readonly host: 'upstream' | 'preserve';
}

export interface ResponseOptions {
  readonly headers: HeaderRules;
  /** Largest body in bytes. Default: no limit. */
  readonly maxBytes: number;
  /** `drop`; `rewrite`: for our host and the route's path; `pass`: as they are. Default drop. */
  readonly cookies: 'drop' | 'rewrite' | 'pass';
  /** `Location` within the upstream: `rewrite` to ours, or `pass`. Default rewrite. */
  readonly location: 'rewrite' | 'pass';
}

export interface TimeoutOptions {
  /** To a connection, TLS included. Default 3,000. Not of providers, which have their own. */
  readonly connectMs: number;
  /** One attempt, to the head of its answer. Default: the provider's, else 10,000. */
  readonly attemptMs?: number;
  /** The call, attempts and waits included, to the head of its answer. Default: the provider's, else 30,000. */
  readonly callMs?: number;
  /** Between two pieces of a body, either way. Default 60,000. */
  readonly idleMs: number;
  /** A tunnel in which nothing is said. Default 300,000. */
  readonly tunnelIdleMs: number;
}

export interface RetryOptions {
  /** In all, the first included. Default: 3, or the provider's, and only where there was no answer; once said, 5xx and 429 are repeated too. */
  readonly attempts?: number;
  /** The upstream honours `Idempotency-Key`: requests that bear one may be repeated. Default false. */
  readonly idempotencyKey: boolean;
}

/** See the provider's `hedgeAfterMs` and `hedgeMaxShare`, which are the defaults. */
export interface HedgeOptions {
  readonly afterMs?: number;
  readonly maxShare?: number;
}

/** In ms; see the provider options of the same names. */
export interface CacheOptions {
  readonly ttlMs?: number;
  readonly staleWhileRevalidateMs?: number;
  readonly staleIfErrorMs?: number;
  readonly heuristicRatio?: number;
}
