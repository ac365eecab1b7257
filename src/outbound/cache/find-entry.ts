import type { Call } from '../http/call.ts';
import type { CacheEntry } from './cache-entry.ts';
import type { CacheStore } from './stores/cache-store.ts';
import { toVariantKey } from './rules/vary.ts';

/** What the store has for a call, and where. */
export interface Found {
  readonly entryKey: string;
  readonly entry?: CacheEntry | undefined;
  /** True when there are variants, whether or not one matches. */
  readonly hasVariants?: boolean;
  /** It was not even looked for: answers there are not kept. */
  readonly isGivenUp?: boolean;
}

/** Finds the entry of a URL, or that of its variant (RFC 9111 §4.1). */
export const findEntry = async (store: CacheStore, key: string, { headers }: Pick<Call, 'headers'>): Promise<Found> => {
  const first = await store.get(key);
  if (first?.variesOn === undefined) return { entryKey: key, entry: first };
  const entryKey = toVariantKey(key, first.variesOn, headers);
  return { entryKey, entry: await store.get(entryKey), hasVariants: true };
};

/** The same of what is at hand without waiting. */
export const peekEntry = (store: CacheStore, key: string, headers: Call['headers']): CacheEntry | undefined => {
  const first = store.peek(key);
  return first?.variesOn === undefined ? first : store.peek(toVariantKey(key, first.variesOn, headers));
};
