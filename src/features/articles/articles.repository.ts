import { Injectable, NotFoundException } from '@nestjs/common';
import type { OffsetQuery } from '../../inbound/pagination/offset-query.dto.ts';
import { CmsClient } from '../../providers/cms/cms.client.ts';
import type { Article, ArticleList } from './articles.dto.ts';
import { toArticle } from './to-article.ts';

/** Articles in our own shape; knows what an absent one means. */
@Injectable()
export class ArticlesRepository {
  constructor(private readonly cms: CmsClient) {}

  /** @throws NotFoundException when there is no article of that slug */
  async findOne(slug: string): Promise<Article> {
    const article = await this.cms.get(slug);
    if (article === undefined) throw new NotFoundException(`There is no article "${slug}"`);
    return toArticle(article);
  }

  async findPage({ limit, offset }: OffsetQuery): Promise<ArticleList> {
    const { articles, total } = await this.cms.getArticles(limit, offset);
    return { items: articles.map(toArticle), total, limit, offset };
  }
}
