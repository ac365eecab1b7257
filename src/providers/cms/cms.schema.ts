import { z } from 'zod';
import type { CmsArticle } from './cms.client.ts';
import type { CmsPage } from './read-pages.ts';
import { toIsoTime } from './to-iso-time.ts';

const total = z.int().nonnegative().nullish();

/** Both kinds have the same fields. Times and text that cannot be used are null; editors may leave a title or slug out. */
const article = <S extends z.ZodType<string | null>>(bodyField: string, slug: S) =>
  z
    .looseObject({ slug, title: z.string().nullable() })
    .transform(({ slug, title, publishedAt, updatedAt, [bodyField]: body }) => ({
      slug: slug as z.output<S>,
      title: title ?? '',
      body: typeof body === 'string' ? body : null,
      publishedAt: toIsoTime(publishedAt),
      updatedAt: toIsoTime(updatedAt),
    }));

/** What has no slug cannot be asked for: it counts for paging, and is no article of ours. */
const listed = (bodyField: string) => z.array(article(bodyField, z.string().nullable())).transform(toEntries);

const toEntries = (all: readonly (Omit<CmsArticle, 'slug'> & { readonly slug: string | null })[]) => ({
  length: all.length,
  articles: all.filter((one): one is CmsArticle => one.slug !== null && one.slug !== ''),
});

const contractPage = (bodyField: string): z.ZodType<CmsPage> =>
  z.object({ entities: listed(bodyField), total }).transform(({ entities, total }) => ({
    ...entities,
    total: total ?? null,
  }));

const strapiPage = (bodyField: string): z.ZodType<CmsPage> =>
  z
    .object({ data: listed(bodyField), meta: z.object({ pagination: z.object({ total }).optional() }).optional() })
    .transform(({ data, meta }) => ({ ...data, total: meta?.pagination?.total ?? null }));

interface CmsSchemas {
  readonly article: z.ZodType<CmsArticle>;
  readonly page: z.ZodType<CmsPage>;
}

/** Only what we read. Make them once: what is stored is remembered by the schema that read it. */
export const contractSchemas = (bodyField: string): CmsSchemas => ({
  article: article(bodyField, z.string().min(1)),
  page: contractPage(bodyField),
});

/** As `contractSchemas`. One article is a page of one, too. */
export const strapiSchemas = (bodyField: string): Pick<CmsSchemas, 'page'> => ({ page: strapiPage(bodyField) });
