import { describe, expect, it } from '@jest/globals';
import { readOptions } from '../../platform/config/read-options.ts';
import { CacheOptions } from './cache.config.ts';

const read = (env: Record<string, string>) => readOptions({ type: CacheOptions, prefix: 'CACHE_' }, env);

describe('the cache configuration', () => {
  it.each([
    ['CACHE_MAX_ENTRIES', '-1'],
    ['CACHE_MAX_ENTRIES', '1000001'],
    ['CACHE_MAX_BYTES', '100MB'],
    ['CACHE_MAX_ENTRY_BYTES', '1.5'],
  ])('refuses %s=%s', (variable, value) => {
    expect(read({ [variable]: value }).problems).toMatchObject([{ variable }]);
  });

  it('keeps 1,024 entries of up to 5 MiB in 100 MiB unless told otherwise', () => {
    expect(read({}).options).toEqual({ maxEntries: 1_024, maxBytes: 100 * 1_048_576, maxEntryBytes: 5 * 1_048_576 });
  });
});
