import type { CmsArticle } from '../../providers/cms/cms.client.ts';
import type { Article } from './articles.dto.ts';

/** Field by field: what else a CMS may come to tell is not for our callers. */
export const toArticle = ({ slug, title, body, publishedAt, updatedAt }: CmsArticle): Article => ({
  slug,
  title,
  body,
  publishedAt,
  updatedAt,
});
