import type { CacheEntry } from './cache-entry.ts';

/** What the cache knows of a call that it lets go on to the upstream. */
export interface Lookup {
  /** Of the URL and the principal; the variants' keys begin with it. */
  readonly key: string;
  /** Of the entry that was found: its variant's, where there are variants. */
  readonly entryKey: string;
  /** What was found, but may not be served as it is. */
  readonly stored: CacheEntry | undefined;
  /** The call asks whether `stored` is still good. */
  readonly validates: boolean;
}
