import { isIP } from 'node:net';
import { buildConnector } from 'undici';
import { checkedLookup } from './checked-lookup.ts';
import { EgressRefused } from './egress-refused.ts';
import type { Reach } from './reach.ts';
import type { Resolver } from './resolver.ts';

export interface ConnectorOptions {
  readonly connectTimeoutMs: number;
  readonly resolver: Resolver;
  readonly reach: Reach;
  /** Offer HTTP/2 in the TLS handshake. Default false. */
  readonly http2?: boolean;
}

/** Opens connections, TLS verified, to addresses within `reach` only; others fail with EgressRefused. */
export const guardedConnector = ({
  connectTimeoutMs,
  resolver,
  reach,
  http2 = false,
}: ConnectorOptions): buildConnector.connector => {
  const lookup = checkedLookup(resolver, reach);
  const connect = buildConnector({ timeout: connectTimeoutMs, allowH2: http2, lookup });
  return (asked, connected) => {
    // An address is no name that a server could be told (RFC 6066 §3).
    const target = isIP(asked.servername ?? '') ? { ...asked, servername: '' } : asked;
    // Nobody looks up what is an address already.
    if (!isIP(target.hostname) || reach(target.hostname)) return connect(target, connected);
    queueMicrotask(() => connected(new EgressRefused(), null));
  };
};
