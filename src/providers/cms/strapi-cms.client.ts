import { ApiClient, path, type Path } from '../../outbound/index.ts';
import type { CmsOptions } from './cms-options.ts';
import type { CmsArticle } from './cms.client.ts';
import { ARTICLES_TAG, type CmsOperation } from './cms.provider.ts';
import { strapiSchemas } from './cms.schema.ts';
import { PagedCms } from './paged-cms.client.ts';
import type { CmsPage } from './read-pages.ts';
import { toPage } from './to-page.ts';

/** The oldest first, so that new ones do not move the others; ids order those of the same moment, as an import makes them. */
const LASTING_ORDER = { 'sort[0]': 'createdAt:asc', 'sort[1]': 'documentId:asc' };

/** `CMS_KIND=strapi`: the REST API of Strapi 5. What it has not published is not seen. */
export class StrapiCms extends PagedCms {
  private readonly articles: Path;
  private readonly schemas: ReturnType<typeof strapiSchemas>;

  constructor(
    private readonly http: ApiClient,
    private readonly options: CmsOptions,
  ) {
    super();
    this.articles = hasPath(options.baseUrl) ? path`/articles` : path`/api/articles`;
    this.schemas = strapiSchemas(options.bodyField);
  }

  /** An unknown slug is an empty list; a 404 here says that there is no such API, which is no matter of the slug. */
  async get(slug: string): Promise<CmsArticle | undefined> {
    const { articles } = await this.ask('getArticle', { 'filters[slug][$eq]': slug }, [`article:${slug}`]);
    // Some databases compare without regard to case.
    return articles.find((article) => article.slug === slug);
  }

  protected getPage(operation: CmsOperation, limit: number, offset: number): Promise<CmsPage> {
    return this.ask(operation, { 'pagination[start]': offset, 'pagination[limit]': limit, ...LASTING_ORDER });
  }

  private async ask(
    operation: CmsOperation,
    query: Readonly<Record<string, string | number>>,
    tags: readonly string[] = [],
  ): Promise<CmsPage> {
    const options = { operation, query, tags: [ARTICLES_TAG, ...tags], answer: this.schemas.page };
    const { data, meta } = await this.http.get(this.articles, options);
    return toPage(data, meta?.pagination?.total, this.options.bodyField);
  }
}

/** Strapi's prefix can be configured: whoever names one means it. */
const hasPath = (baseUrl: string | undefined): boolean => baseUrl !== undefined && new URL(baseUrl).pathname !== '/';
