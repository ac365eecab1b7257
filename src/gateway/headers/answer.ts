import type { HeaderMap } from '../../outbound/index.ts';

/** What came back, and what of the request it answers decides how it is told. */
export interface Answer {
  readonly status: number;
  readonly headers: HeaderMap;
  readonly requestId: string;
  /** Ours, such as `breakwater; hit`; undefined where no cache was asked. */
  readonly cacheStatus: string | undefined;
  /** Ours: see `receivedStatus`. */
  readonly proxyStatus: string;
  /** The path that the upstream was asked for: what relative references in its answer are relative to. */
  readonly upstreamPath: string;
  /** What the route took off the front of the caller's path; empty for nothing. */
  readonly stripped: string;
  /** What the caller's `Host` was. */
  readonly host: string | undefined;
  /** Of the connection to us. */
  readonly protocol: 'http' | 'https';
  /** Whether fields may follow the body: the caller speaks HTTP/1.1, it is not HEAD, and we give it no length ourselves. */
  readonly mayTrail: boolean;
}
