import { CacheEntry, type CacheEntryParts } from '../../src/outbound/cache/cache-entry.ts';

const MINUTE_MS = 60_000;

/** An entry that came at time 0, is fresh for a minute and worth keeping for ten. */
export const buildEntry = ({ ...own }: Partial<CacheEntryParts> = {}): CacheEntry =>
  new CacheEntry({
    status: 200,
    headers: { 'content-type': 'application/json', etag: '"v1"' },
    body: Buffer.from('{"name":"charizard"}'),
    freshness: {
      lifetimeMs: MINUTE_MS,
      browserLifetimeMs: MINUTE_MS,
      staleWhileRevalidateMs: MINUTE_MS,
      staleIfErrorMs: 5 * MINUTE_MS,
      mayServeStale: true,
    },
    initialAgeMs: 0,
    receivedAt: 0,
    keepMs: 10 * MINUTE_MS,
    tags: ['pokeapi'],
    ...own,
  });
