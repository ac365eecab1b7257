import type { CmsArticle } from './cms.client.ts';
import type { CmsEntry } from './cms.schema.ts';
import type { CmsPage } from './read-pages.ts';
import { toIsoTime } from './to-iso-time.ts';

type Addressable = CmsEntry & { readonly slug: string };

/** Times and text that cannot be used are null. */
export const toArticle = (entry: Addressable, bodyField: string): CmsArticle => {
  const { slug, title, publishedAt, updatedAt, [bodyField]: body } = entry;
  return {
    slug,
    title: title ?? '',
    body: typeof body === 'string' ? body : null,
    publishedAt: toIsoTime(publishedAt),
    updatedAt: toIsoTime(updatedAt),
  };
};

/** What has no slug cannot be asked for: it counts for paging, and is no article of ours. */
export const hasSlug = (entry: CmsEntry): entry is Addressable => Boolean(entry.slug);

export const toPage = (entries: readonly CmsEntry[], total: number | null | undefined, bodyField: string): CmsPage => ({
  length: entries.length,
  first: entries[0],
  articles: entries.filter(hasSlug).map((entry) => toArticle(entry, bodyField)),
  total: total ?? null,
});
