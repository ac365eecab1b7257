import { ApiClient, isAbsent, path } from '../../outbound/index.ts';
import type { CmsOptions } from './cms-options.ts';
import type { CmsArticle } from './cms.client.ts';
import { ARTICLES_TAG, type CmsOperation } from './cms.provider.ts';
import { contractSchemas } from './cms.schema.ts';
import { PagedCms } from './paged-cms.client.ts';
import type { CmsPage } from './read-pages.ts';

/** `CMS_KIND=contract`: `GET /articles?limit&offset` and `GET /article/{slug}`. */
export class ContractCms extends PagedCms {
  private readonly schemas: ReturnType<typeof contractSchemas>;

  constructor(
    private readonly http: ApiClient,
    { bodyField }: CmsOptions,
  ) {
    super();
    this.schemas = contractSchemas(bodyField);
  }

  async get(slug: string): Promise<CmsArticle | undefined> {
    const tags = [ARTICLES_TAG, `article:${slug}`];
    try {
      return await this.http.get(path`/article/${slug}`, {
        operation: 'getArticle',
        tags,
        answer: this.schemas.article,
      });
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  protected getPage(operation: CmsOperation, limit: number, offset: number): Promise<CmsPage> {
    const query = { limit, offset };
    return this.http.get(path`/articles`, { operation, query, tags: [ARTICLES_TAG], answer: this.schemas.page });
  }
}
