/** An article, whichever kind of CMS it is from. */
export interface CmsArticle {
  readonly slug: string;
  readonly title: string;
  /** Null where the CMS has none. */
  readonly body: string | null;
  /** ISO 8601; null where it was never published. */
  readonly publishedAt: string | null;
  /** ISO 8601; null where the CMS does not say. */
  readonly updatedAt: string | null;
}

export interface CmsArticlePage {
  readonly articles: readonly CmsArticle[];
  /** How many there are in all; null where the CMS does not say. */
  readonly total: number | null;
}

/** The operations of a headless CMS that we use, whatever its kind (`CMS_KIND`). All throw `UpstreamError`. */
export abstract class CmsClient {
  /** One article; undefined when there is none of that slug. */
  abstract get(slug: string): Promise<CmsArticle | undefined>;

  /**
   * `limit` articles from the `offset`th on, whatever the CMS's own pages are. Fewer only at the end, and by those without a
   * slug: nobody can ask for them, so they are left out, and count.
   */
  abstract getArticles(limit: number, offset: number): Promise<CmsArticlePage>;

  /**
   * Every article once, in the CMS's lasting order, a page at a time; the next page is asked for when the reader wants it.
   * Never stored in the cache. A CMS that repeats itself, or never ends, is an `UpstreamError`.
   */
  abstract getAllArticles(): AsyncIterable<readonly CmsArticle[]>;
}
