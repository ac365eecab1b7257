import type { IncomingHttpHeaders } from 'node:http';

/** What of a request to us decides what the upstream is told. */
export interface Incoming {
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  /** Such as `1.1`. */
  readonly httpVersion: string;
  /** Address of the socket's other end; empty when that has gone. */
  readonly peer: string;
  /** The peer is one of TRUST_PROXY. */
  readonly isTrusted: boolean;
  /** Of the connection to us. */
  readonly protocol: 'http' | 'https';
  readonly requestId: string;
  /** Each attempt gets a span of its own in it. */
  readonly traceparent: string;
  readonly tracestate?: string | undefined;
  readonly hasBody: boolean;
  /** The connection is to go on with another protocol, and the route allows it. */
  readonly isUpgrade: boolean;
}
