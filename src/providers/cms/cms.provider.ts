import { defineProvider, staticToken } from '../../outbound/index.ts';
import { CmsOptions } from './cms-options.ts';

const MINUTE_MS = 60_000;

/** Articles outlive trouble of the CMS; a change is known at once where its webhook is set up. */
const cache = { staleWhileRevalidateMs: 10 * MINUTE_MS, staleIfErrorMs: 24 * 60 * MINUTE_MS };

/** Any headless CMS of a known kind; off until `CMS_URL` says where. Strapi says nothing of keeping, so we do. */
export const cms = defineProvider<CmsOptions>('cms', {
  optionsType: CmsOptions,
  credential: staticToken(undefined, { optional: true }),
  cacheTtlMs: MINUTE_MS,
  operations: {
    getArticle: { cache },
    listArticles: { cache },
    // Whole exports leave room for readers.
    exportArticles: { cache: 'off', maxConcurrent: 8 },
  },
});

/** The operations declared above. */
export type CmsOperation = 'getArticle' | 'listArticles' | 'exportArticles';

/** By which all that is stored of articles can be forgotten. */
export const ARTICLES_TAG = 'articles';
