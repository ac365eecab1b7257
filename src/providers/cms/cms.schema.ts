import { z } from 'zod';

/**
 * Only what we read, and only whether it is there: what becomes of it is in `to-page.ts`. A transformation here had V8 keep
 * all the text of a long export for long, 220 MB of it instead of 50.
 */

const anything = z.unknown().optional();
const total = z.int().nonnegative().nullish();

/** An editor may leave slug and title out. */
const entry = (bodyField: string) =>
  z.object({
    slug: z.string().nullable(),
    title: z.string().nullable(),
    publishedAt: anything,
    updatedAt: anything,
    [bodyField]: anything,
  }) as unknown as z.ZodType<CmsEntry>;

/** An article as both kinds have it, its text in a field that is configured. */
export interface CmsEntry extends Readonly<Record<string, unknown>> {
  readonly slug: string | null;
  readonly title: string | null;
}

/** Make them once: what is stored is remembered by the schema that read it. */
export const contractSchemas = (bodyField: string) => ({
  article: entry(bodyField),
  page: z.object({ entities: z.array(entry(bodyField)), total }),
});

/** As `contractSchemas`. One article is a page of one, too. */
export const strapiSchemas = (bodyField: string) => ({
  page: z.object({
    data: z.array(entry(bodyField)),
    meta: z.object({ pagination: z.object({ total }).optional() }).optional(),
  }),
});
