import type { Lookup } from '../../src/outbound/cache/lookup.ts';

/** As the cache lets a call go on for which it found nothing. */
export const LOOKUP: Lookup = { key: 'key', entryKey: 'key', stored: undefined, validates: false };
