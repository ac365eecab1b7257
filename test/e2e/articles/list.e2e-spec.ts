import { afterEach, describe, expect, it } from '@jest/globals';
import { jsonOf, problemOf } from '../../support/ask.ts';
import type { Article, ArticleList } from '../../../src/features/articles/articles.dto.ts';
import { KNOWN_ARTICLES } from '../../upstreams/cms/known-articles.ts';
import { KINDS, startCmsScene, type CmsScene, type Kind } from './cms-scene.ts';
import type { CmsOptions } from '../../upstreams/cms/cms-handles.ts';

let scene: CmsScene;
afterEach(() => scene.close());

const list = async (query: string): Promise<ArticleList> => jsonOf<ArticleList>(await scene.get(`articles${query}`));
const slugsOf = ({ items }: ArticleList): string[] => items.map(({ slug }) => slug);
const generated = (from: number, to: number): string[] => ALL.slice(from, to);
const ALL = KNOWN_ARTICLES.map(({ slug }) => slug);

describe.each(KINDS)('GET /api/v1/articles, of a CMS of kind %s', (kind) => {
  const start = async (cms: CmsOptions = {}, env = {}): Promise<void> => {
    scene = await startCmsScene({ kind, cms, env });
  };

  it('lists twenty in our own shape', async () => {
    await start();
    const answer = await list('');
    expect(answer).toMatchObject({ total: 12, limit: 20, offset: 0 });
    expect(slugsOf(answer)).toEqual(ALL);
    const [first] = KNOWN_ARTICLES;
    expect(answer.items[0]).toEqual({
      slug: first?.slug,
      title: first?.title,
      body: first?.body,
      publishedAt: first?.publishedAt,
      updatedAt: first?.updatedAt,
    } satisfies Record<keyof Article, unknown>);
  });

  it.each([
    ['?limit=1', 0, 1],
    ['?limit=3&offset=2', 2, 5],
    ['?limit=5&offset=10', 10, 12],
    ['?offset=12', 12, 12],
    ['?offset=1000000', 12, 12],
  ])('pages by %s', async (query, from, to) => {
    await start();
    const answer = await list(query);
    expect([slugsOf(answer), answer.total]).toEqual([generated(from, to), 12]);
  });

  it.each([
    [1, 5],
    [2, 3],
    [5, 1],
  ])('is whole although the CMS silently gives only %i at a time', async (maxPage, calls) => {
    await start({ maxPage });
    expect(slugsOf(await list('?limit=5&offset=4'))).toEqual(generated(4, 9));
    expect(scene.cms.requestCount).toBe(calls);
  });

  it('asks the CMS once where its page is enough', async () => {
    await start();
    await list('?limit=3&offset=2');
    expect(scene.cms.requests.map(({ path }) => path)).toEqual([UPSTREAM_PATH[kind]]);
  });

  it('is kept for a minute, and asked for once meanwhile', async () => {
    await start();
    expect((await scene.get('articles')).headers.get('cache-status')).toMatch(/^cms; fwd=uri-miss/);
    for (let time = 0; time < 3; time += 1) {
      expect((await scene.get('articles')).headers.get('cache-status')).toMatch(/^cms; hit; ttl=(60|5\d)$/);
    }
    expect(scene.cms.requestCount).toBe(1);
  });

  it('is kept for as long as CMS_CACHE_TTL_MS says', async () => {
    await start({}, { CMS_CACHE_TTL_MS: '5000000' });
    await scene.get('articles');
    expect((await scene.get('articles')).headers.get('cache-status')).toMatch(/^cms; hit; ttl=(5000|49\d\d)$/);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=1e1', 'limit'],
    ['limit=5&limit=6', 'limit'],
    ['offset=-1', 'offset'],
    ['offset=1000001', 'offset'],
    ['filters[slug]=x', 'filters[slug]'],
    ['cursor=x', 'cursor'],
  ])('refuses ?%s without asking the CMS', async (query, field) => {
    await start();
    expect(problemOf(await scene.get(`articles?${query}`))).toMatchObject({
      status: 400,
      code: 'invalid_request',
      errors: [{ field }],
    });
    expect(scene.cms.requestCount).toBe(0);
  });
});

/** Strapi is asked for an order of its own: without one it has none that lasts. */
const UPSTREAM_PATH: Record<Kind, string> = {
  contract: '/api/v1/articles?limit=3&offset=2',
  strapi:
    '/api/articles?pagination%5Bstart%5D=2&pagination%5Blimit%5D=3&sort%5B0%5D=createdAt%3Aasc&sort%5B1%5D=documentId%3Aasc',
};

describe('GET /api/v1/articles, of a CMS that tells no totals', () => {
  it('has null for it, and is whole all the same', async () => {
    scene = await startCmsScene({ cms: { omitTotals: true, maxPage: 5 } });
    const answer = await list('?limit=100');
    expect([slugsOf(answer), answer.total]).toEqual([ALL, null]);
  });
});
