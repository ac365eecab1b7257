import type { CacheOutcome, Forwarding } from '../cache/cache-outcome.ts';

/**
 * What the cache did for a call. `hit`: fresh, from the store. `stale`, `stale_if_error`: from the store although it was not fresh.
 * `collapsed`: shared the answer of a call under way. `revalidated`: the upstream said that what is stored is still good. `expired`:
 * it sent another. `miss`: nothing was stored that could be used. `bypass`: the cache was not to be asked. `refresh`: nobody waited.
 */
export const CACHE_RESULTS = [
  'hit',
  'stale',
  'stale_if_error',
  'collapsed',
  'revalidated',
  'expired',
  'miss',
  'bypass',
  'refresh',
] as const;

export type CacheResult = (typeof CACHE_RESULTS)[number];

const FORWARDED: Readonly<Record<Forwarding, CacheResult>> = {
  bypass: 'bypass',
  method: 'bypass',
  request: 'bypass',
  stale: 'expired',
  miss: 'miss',
  'uri-miss': 'miss',
  'vary-miss': 'miss',
  partial: 'miss',
};

export const toCacheResult = ({ fwd, fwdStatus, collapsed, detail }: CacheOutcome): CacheResult => {
  if (collapsed) return 'collapsed';
  if (detail === 'stale-if-error') return 'stale_if_error';
  if (fwd === undefined) return detail === 'stale-while-revalidate' ? 'stale' : 'hit';
  return fwdStatus === 304 ? 'revalidated' : FORWARDED[fwd];
};
