import type { Answer } from './answer.ts';
import type { Article } from './article.ts';
import type { ArticleStore } from './article-store.ts';
import { pageOf, reachOf, type ArticleList } from './page-of.ts';
import { readSlugs } from './strapi-filter.ts';
import { compareBy, readOrder } from './strapi-order.ts';
import { readPage } from './strapi-pagination.ts';
import { checkAttribute, listOf, readParameters, readStatus, type Parameter } from './strapi-parameters.ts';

/** @throws InvalidQuery */
export const strapiList = (store: ArticleStore, query: URLSearchParams, maxPage: number): Answer => {
  const parameters = readParameters(query);
  const page = readPage(parameters, maxPage);
  const pick = readFields(parameters);
  const list = select(store, parameters);
  const articles = pageOf(list, page.start, page.limit);
  const body = { data: articles.map(pick), meta: { pagination: page.toMeta(list.total) } };
  return { status: 200, body, reaches: reachOf(page.start, articles) };
};

/** Generated articles are not sorted but read from one end or the other: all their fields rise together. */
const select = (store: ArticleStore, parameters: readonly Parameter[]): ArticleList => {
  const status = readStatus(parameters);
  const order = readOrder(parameters);
  const slugs = readSlugs(parameters);
  if (slugs.length > 0)
    return toList(slugs.every((slug) => slug === slugs[0]) ? [store.find(`${slugs[0]}`)] : [], status);
  const { total, at } = store;
  if (store.generated > 0) return order[0]?.descending ? { total, at: (index) => at(total - 1 - index) } : store;
  return toList(pageOf(store, 0, total).sort(compareBy(order)), status);
};

/** Every article has a draft, which never says when it was published. */
const toList = (found: readonly (Article | undefined)[], status: 'draft' | 'published'): ArticleList => {
  const there = found.filter((article) => article !== undefined);
  const articles =
    status === 'draft'
      ? there.map((article) => ({ ...article, publishedAt: null }))
      : there.filter(({ publishedAt }) => publishedAt !== null);
  return { total: articles.length, at: (index) => articles[index] as Article };
};

/** `fields` leaves the others out, except both ids. */
const readFields = (parameters: readonly Parameter[]): ((article: Article) => object) => {
  const fields = listOf(parameters, 'fields').filter((field) => field !== '*');
  for (const field of fields) checkAttribute(field);
  if (fields.length === 0) return (article) => article;
  const kept = new Set(['id', 'documentId', ...fields]);
  return (article) => Object.fromEntries(Object.entries(article).filter(([name]) => kept.has(name)));
};
