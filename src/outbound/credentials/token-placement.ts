import type { Secret } from '../../platform/secret.ts';
import type { Call } from '../http/call.ts';

/** Where a request carries its token. */
export type TokenPlacement =
  | {
      /** Lower case. */
      readonly header: string;
      /** Placed before the token, with a space between. */
      readonly scheme?: string;
    }
  | {
      /** Name in the query. For upstreams that take nothing else: a URL gets into more logs than a header does. */
      readonly query: string;
    };

export const BEARER: TokenPlacement = { header: 'authorization', scheme: 'Bearer' };

/** As calls write their headers. */
export const lowerCased = (placement: TokenPlacement): TokenPlacement =>
  'header' in placement ? { ...placement, header: placement.header.toLowerCase() } : placement;

/** What the call itself brings in that place: then it needs no token of the provider's. */
export const ownCredential = ({ headers }: Call, placement: TokenPlacement): string | string[] | undefined =>
  'header' in placement ? headers[placement.header] : undefined;

export const withToken = (call: Call, placement: TokenPlacement, token: Secret): Call => {
  const value = token.reveal();
  if ('query' in placement) {
    const separator = call.path.includes('?') ? '&' : '?';
    return {
      ...call,
      path: `${call.path}${separator}${encodeURIComponent(placement.query)}=${encodeURIComponent(value)}`,
    };
  }
  const { header, scheme } = placement;
  return { ...call, headers: { ...call.headers, [header]: scheme === undefined ? value : `${scheme} ${value}` } };
};
