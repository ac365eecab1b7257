import { toArticle, type Article } from './article.ts';
import type { CmsOptions, StoredArticle } from './cms-handles.ts';
import { createGenerator, generatedIndex } from './generated-articles.ts';
import { KNOWN_ARTICLES } from './known-articles.ts';

export interface ArticleStore {
  readonly total: number;
  /** How many of them are made when asked for; those come first. */
  readonly generated: number;
  /** In the order in which they were first put; `index` is below `total`. */
  at(index: number): Article;
  find(slug: string): Article | undefined;
  /** Keeps its place, but gets another `id`. */
  put(article: StoredArticle): void;
  remove(slug: string): void;
}

type StoreOptions = Pick<CmsOptions, 'articles' | 'generated' | 'bodyBytes'>;

export const createArticleStore = ({ articles, generated = 0, bodyBytes }: StoreOptions): ArticleStore => {
  const generate = createGenerator(bodyBytes);
  const replaced = new Map<number, Article>();
  /** Indices of generated articles, rising. */
  const removed: number[] = [];
  const initial = articles ?? (generated > 0 ? [] : KNOWN_ARTICLES);
  let lastId = generated + initial.length;
  const kept = new Map(initial.map((stored, index) => [stored.slug, toArticle(stored, generated + index + 1)]));
  const isGenerated = (index: number) => index >= 0 && index < generated && !removed.includes(index);
  const generatedAt = (index: number) => replaced.get(index) ?? generate(index);
  const left = () => generated - removed.length;
  return {
    get total() {
      return left() + kept.size;
    },
    get generated() {
      return left();
    },
    at: (index) => (index < left() ? generatedAt(skipping(removed, index)) : nth(kept, index - left())),
    find: (slug) => {
      const index = generatedIndex(slug);
      return isGenerated(index) ? generatedAt(index) : kept.get(slug);
    },
    put: (stored) => {
      const article = toArticle(stored, ++lastId);
      const index = generatedIndex(stored.slug);
      if (isGenerated(index)) replaced.set(index, article);
      else kept.set(stored.slug, article);
    },
    remove: (slug) => {
      const index = generatedIndex(slug);
      if (isGenerated(index)) removed.push(index);
      else kept.delete(slug);
      removed.sort((a, b) => a - b);
    },
  };
};

const skipping = (removed: readonly number[], index: number): number =>
  removed.reduce((found, gap) => (gap <= found ? found + 1 : found), index);

const nth = (kept: ReadonlyMap<string, Article>, index: number): Article => {
  const article = [...kept.values()][index];
  if (!article) throw new RangeError(`the CMS stand-in has no article ${index}`);
  return article;
};
