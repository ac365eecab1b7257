import { toArticle } from './article.ts';
import type { ArticleStore } from './article-store.ts';

/** What Strapi posts; an entry that is gone has no more than its slug. Only `entry.publish` is about the published version. */
export const webhookBody = (store: ArticleStore, event: string, slug: string): object => {
  const entry = store.find(slug) ?? toArticle({ slug, title: slug }, 1);
  return {
    event,
    createdAt: new Date().toISOString(),
    model: 'article',
    uid: 'api::article.article',
    entry: event === 'entry.publish' ? entry : { ...entry, publishedAt: null },
  };
};
