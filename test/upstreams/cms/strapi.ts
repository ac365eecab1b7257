import type { Answer, Asked, Shape } from './answer.ts';
import type { ArticleStore } from './article-store.ts';
import { bearerToken } from './bearer-token.ts';
import type { CmsOptions } from './cms-handles.ts';
import { forbidden, InvalidQuery, notFound, strapiError, strapiFailure, unauthorized } from './strapi-error.ts';
import { strapiList } from './strapi-list.ts';

const DEFAULT_MAX_PAGE = 100;

/** The REST API of Strapi 5.54 with one type of content, articles. It says nothing about caching. */
export const createStrapi = (store: ArticleStore, options: CmsOptions): Shape => ({
  headers: { 'Content-Type': 'application/json; charset=utf-8', 'X-Powered-By': 'Strapi <strapi.io>' },
  fail: strapiFailure,
  answer: (asked) => {
    if (!/^\/api\/articles\/?$/.test(asked.path)) return notFound();
    return refuse(asked, options.token) ?? answerList(asked, store, options.maxPage ?? DEFAULT_MAX_PAGE);
  },
});

/** Who presents nothing is the public, which may not read when a token is wanted. */
const refuse = ({ method, headers }: Asked, token: string | undefined): Answer | undefined => {
  const presented = bearerToken(headers);
  if (token !== undefined && presented === undefined) return forbidden();
  if (token !== undefined && presented !== token) return unauthorized();
  return method === 'GET' || method === 'HEAD' ? undefined : strapiFailure(405);
};

const answerList = ({ query }: Asked, store: ArticleStore, maxPage: number): Answer => {
  try {
    return strapiList(store, query, maxPage);
  } catch (error) {
    if (!(error instanceof InvalidQuery)) throw error;
    return strapiError(400, error.name, error.message, error.details);
  }
};
