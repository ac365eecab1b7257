import { defineProvider } from '../../../../src/outbound/index.ts';

/** A CMS that shows everything as items of collections, and hides what is not there behind a 403. */
export const cms = defineProvider('cms', {
  cacheTtlMs: 60_000,
  operations: { getItems: {}, exportItems: { cache: 'off' } },
});
