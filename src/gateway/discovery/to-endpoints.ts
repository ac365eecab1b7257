import { isIP } from 'node:net';
import type { Endpoint } from '../../outbound/index.ts';

/** A host, by the addresses it has. */
export interface Place {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  /** The host's; its addresses share it. */
  readonly weight: number;
  readonly priority: number;
}

/** One server for each address of a host. @throws TypeError when that is no host */
export const toEndpoints = (place: Place, addresses: readonly string[]): Endpoint[] => {
  const { scheme, host, port, weight, priority } = place;
  const { origin } = new URL(`${scheme}://${inUrl(host)}:${port}`);
  return addresses.map((address) => ({
    id: `${scheme}://${inUrl(address)}:${port}`,
    origin,
    address,
    weight: weight / addresses.length,
    priority,
  }));
};

/** Brackets, RFC 3986 §3.2.2; no dot at the end, which no certificate has. */
const inUrl = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host.replace(/\.$/, ''));
