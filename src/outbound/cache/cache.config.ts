import { defineConfig } from '../../platform/config/define-config.ts';
import { WholeNumber } from '../../platform/config/variables.ts';

const TEBIBYTE = 1_099_511_627_776;
const GIBIBYTE = 1_073_741_824;

/** How much of what upstreams answered this process keeps in its memory. */
export class CacheOptions {
  /** Entries kept in memory at most; 0 keeps none. Default 1,024. */
  @WholeNumber(0, 1_000_000)
  maxEntries = 1_024;

  /** Memory that entries may take in all, in bytes. Default 100 MiB. */
  @WholeNumber(0, TEBIBYTE)
  maxBytes = 104_857_600;

  /** Largest entry that is kept, in memory or in Redis, in bytes. Default 5 MiB. */
  @WholeNumber(0, GIBIBYTE)
  maxEntryBytes = 5_242_880;
}

export const cacheConfig = defineConfig('cache', { type: CacheOptions, prefix: 'CACHE_' });
