import type { HeaderMap } from '../http/header-map.ts';
import { CacheEntry } from './cache-entry.ts';
import type { CacheStore, Reservation } from './stores/cache-store.ts';
import { toVariantKey, toVaryNames } from './rules/vary.ts';

export interface Place {
  readonly store: CacheStore;
  readonly reservation: Reservation;
  readonly key: string;
  /** Of the request that brought the answer. */
  readonly headers: HeaderMap;
}

const NOTHING = Buffer.alloc(0);

/** Keeps an entry, if the store will; where it varies, as a variant, with a signpost to it under the plain key (RFC 9111 §4.1). */
export const putEntry = async ({ store, reservation, key, headers }: Place, entry: CacheEntry): Promise<boolean> => {
  const names = toVaryNames(entry.headers);
  const keepAs = async (entryKey: string): Promise<boolean> => {
    await reservation.keep(entryKey, entry);
    return store.peek(entryKey) === entry;
  };
  if (names.length === 0) return keepAs(key);
  const signpost = store.peek(key);
  // Variants told apart by more than needed are still found.
  const isEnough = signpost?.variesOn !== undefined && names.every((name) => signpost.variesOn?.includes(name));
  const variesOn = isEnough ? signpost.variesOn : names;
  const keepMs = isEnough ? Math.max(entry.keepMs, leftOf(signpost, entry.receivedAt)) : entry.keepMs;
  await reservation.keep(key, new CacheEntry({ ...entry, headers: {}, body: NOTHING, keepMs, variesOn }));
  return keepAs(toVariantKey(key, variesOn, headers));
};

const leftOf = ({ keepMs, receivedAt }: CacheEntry, now: number): number => keepMs - (now - receivedAt);
