import { ApiClient, isAbsent, path } from '../../outbound/index.ts';
import type { CmsOptions } from './cms-options.ts';
import type { CmsArticle } from './cms.client.ts';
import { ARTICLES_TAG, type CmsOperation } from './cms.provider.ts';
import { contractSchemas } from './cms.schema.ts';
import { PagedCms } from './paged-cms.client.ts';
import type { CmsPage } from './read-pages.ts';
import { toArticle, toPage } from './to-page.ts';

/** `CMS_KIND=contract`: `GET /articles?limit&offset` and `GET /article/{slug}`. */
export class ContractCms extends PagedCms {
  private readonly schemas: ReturnType<typeof contractSchemas>;

  constructor(
    private readonly http: ApiClient,
    private readonly options: CmsOptions,
  ) {
    super();
    this.schemas = contractSchemas(options.bodyField);
  }

  async get(slug: string): Promise<CmsArticle | undefined> {
    const options = { operation: 'getArticle', tags: [ARTICLES_TAG, `article:${slug}`], answer: this.schemas.article };
    try {
      const entry = await this.http.get(path`/article/${slug}`, options);
      // It was found by the slug that was asked for, whatever it says itself.
      return toArticle({ ...entry, slug: entry.slug || slug }, this.options.bodyField);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  protected async getPage(operation: CmsOperation, limit: number, offset: number): Promise<CmsPage> {
    const options = { operation, query: { limit, offset }, tags: [ARTICLES_TAG], answer: this.schemas.page };
    const { entities, total } = await this.http.get(path`/articles`, options);
    return toPage(entities, total, this.options.bodyField);
  }
}
