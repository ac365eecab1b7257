import type { Call } from '../http/call.ts';
import type { CacheEntry } from './cache-entry.ts';
import type { CacheStore } from './stores/cache-store.ts';

type Asked = Pick<Call, 'operation' | 'principal'> & Partial<Pick<Call, 'headers'>>;

/**
 * Whether a fresh entry is to be fetched anew before anybody misses it: not for a caller who says what the cache may
 * do, nor what is one caller's own, as that takes the caller's credential.
 */
export const isDueAhead = (entry: CacheEntry, { operation, principal, headers }: Asked, now: number): boolean => {
  if (!entry.isDueAhead(now) || operation.cache === 'off' || operation.cache.refreshAhead === 'off') return false;
  return !principal?.isCaller && headers?.['cache-control'] === undefined && headers?.['pragma'] === undefined;
};

/** Fetches an entry anew while it is served, once, unless another instance has done so. Nobody waits for it. */
export const refreshAhead =
  (store: CacheStore, refresh: (call: Call) => void) =>
  (entry: CacheEntry, call: Call): void => {
    entry.takeAhead();
    // A store never fails.
    void Promise.resolve(store.reread(call.lookup!.entryKey)).then((newest) => {
      // Another one: it is newer. None: it has been forgotten on purpose.
      if (newest === entry) refresh(call);
    });
  };
