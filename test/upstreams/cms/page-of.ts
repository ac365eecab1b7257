import type { Article } from './article.ts';

/** Articles in an order, each made when asked for. */
export interface ArticleList {
  readonly total: number;
  at(index: number): Article;
}

export const pageOf = ({ total, at }: ArticleList, start: number, limit: number): Article[] =>
  Array.from({ length: Math.max(0, Math.min(limit, total - start)) }, (_, index) => at(start + index));

/** The index after the last article of a page. An empty page counts as one article: it is asked for all the same. */
export const reachOf = (start: number, articles: readonly Article[]): number => start + Math.max(1, articles.length);
