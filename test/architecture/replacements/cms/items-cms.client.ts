import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ApiClient, path } from '../../../../src/outbound/index.ts';
import { CmsClient, type CmsArticle, type CmsArticlePage } from '../../../../src/providers/cms/cms.client.ts';

/** Its times have no zone: they are UTC. */
const time = z
  .string()
  .nullable()
  .transform((text) => text && new Date(`${text}Z`).toISOString());

const items = z
  .object({
    data: z.array(
      z.object({ permalink: z.string(), headline: z.string(), text: z.string(), live: time, edited: time }),
    ),
    meta: z.object({ filter_count: z.int() }),
  })
  .transform(({ data, meta }) => ({
    total: meta.filter_count,
    articles: data.map(({ permalink, headline, text, live, edited }) => ({
      ...{ slug: permalink, title: headline, body: text },
      ...{ publishedAt: live, updatedAt: edited },
    })),
  }));

const PER_PAGE = 2;

@Injectable()
export class ItemsCms extends CmsClient {
  constructor(private readonly http: ApiClient) {
    super();
  }

  async get(slug: string): Promise<CmsArticle | undefined> {
    return (await this.ask('getItems', { 'filter[permalink][_eq]': slug })).articles[0];
  }

  getArticles(limit: number, offset: number): Promise<CmsArticlePage> {
    return this.ask('getItems', { limit, offset });
  }

  async *getAllArticles(): AsyncGenerator<readonly CmsArticle[]> {
    for (let offset = 0, total = 1; offset < total; offset += PER_PAGE) {
      const page = await this.ask('exportItems', { limit: PER_PAGE, offset });
      total = page.total ?? 0;
      yield page.articles;
    }
  }

  private ask(operation: string, query: Readonly<Record<string, string | number>>): Promise<CmsArticlePage> {
    const answer = items;
    return this.http.get(path`/items/posts`, { operation, query: { ...query, meta: 'filter_count' }, answer });
  }
}
