import { CmsClient, type CmsArticle, type CmsArticlePage } from './cms.client.ts';
import type { CmsOperation } from './cms.provider.ts';
import { readPages, type CmsPage } from './read-pages.ts';

/** The largest page that all kinds give. */
const LARGEST_PAGE = 100;

/** A CMS that pages by limit and offset: what a kind has to add is one page, and one article. */
export abstract class PagedCms extends CmsClient {
  /** One page as the CMS gives it: it may be shorter than asked for. */
  protected abstract getPage(operation: CmsOperation, limit: number, offset: number): Promise<CmsPage>;

  async getArticles(limit: number, offset: number): Promise<CmsArticlePage> {
    const articles: CmsArticle[] = [];
    let total: number | null = null;
    for await (const page of this.pages('listArticles', { perPage: limit, limit, offset })) {
      articles.push(...page.articles);
      total = page.total;
    }
    return { articles: articles.slice(0, limit), total };
  }

  async *getAllArticles(): AsyncGenerator<readonly CmsArticle[], void, undefined> {
    for await (const { articles } of this.pages('exportArticles', { perPage: LARGEST_PAGE })) {
      if (articles.length > 0) yield articles;
    }
  }

  private pages(
    operation: CmsOperation,
    range: { readonly perPage: number; readonly limit?: number; readonly offset?: number },
  ): AsyncIterable<CmsPage> {
    return readPages({ operation, ask: (limit, offset) => this.getPage(operation, limit, offset), ...range });
  }
}
