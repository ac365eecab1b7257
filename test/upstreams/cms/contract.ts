import { STATUS_CODES } from 'node:http';
import type { Answer, Asked, Shape } from './answer.ts';
import type { Article } from './article.ts';
import type { ArticleStore } from './article-store.ts';
import { bearerToken } from './bearer-token.ts';
import type { CmsOptions } from './cms-handles.ts';
import { decodeSegment } from './decode-segment.ts';
import { pageOf, reachOf } from './page-of.ts';

const DEFAULT_LIMIT = 20;
const DEFAULT_MAX_PAGE = 100;

/** `GET /api/v1/articles` and `GET /api/v1/article/{slug}`. */
export const createContract = (store: ArticleStore, options: CmsOptions): Shape => ({
  headers: { 'Content-Type': 'application/json' },
  fail,
  answer: ({ method, path, query, headers }) => {
    if (options.token !== undefined && bearerToken(headers) !== options.token) return fail(401);
    if (method !== 'GET' && method !== 'HEAD') return fail(405);
    if (path === '/api/v1/articles') return list(store, query, options);
    const [, slug] = /^\/api\/v1\/article\/([^/]+)$/.exec(path) ?? [];
    return slug === undefined ? fail(404) : one(store, slug);
  },
});

const one = (store: ArticleStore, segment: string): Answer => {
  const slug = decodeSegment(segment);
  if (slug === undefined) return fail(400);
  const article = store.find(slug);
  return article ? { status: 200, body: toEntity(article) } : fail(404);
};

const list = (store: ArticleStore, query: Asked['query'], options: CmsOptions): Answer => {
  const wanted = whole(query.get('limit') ?? `${DEFAULT_LIMIT}`);
  const offset = whole(query.get('offset') ?? '0');
  if (wanted === undefined || wanted < 1 || offset === undefined) return fail(400);
  const limit = Math.min(wanted, options.maxPage ?? DEFAULT_MAX_PAGE);
  const articles = pageOf(store, offset, limit);
  const totals = options.omitTotals ? {} : { total: store.total, limit, offset };
  return { status: 200, body: { entities: articles.map(toEntity), ...totals }, reaches: reachOf(offset, articles) };
};

const toEntity = ({ slug, title, body, publishedAt, updatedAt }: Article): object => ({
  slug,
  title,
  body,
  publishedAt,
  updatedAt,
});

const whole = (text: string): number | undefined => (/^\d{1,15}$/.test(text) ? Number(text) : undefined);

const fail = (status: number): Answer => ({ status, body: { error: STATUS_CODES[status] ?? 'Error' } });
