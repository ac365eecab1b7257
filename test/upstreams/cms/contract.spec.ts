import { afterEach, describe, expect, it } from '@jest/globals';
import { startCms } from '../cms.stand-in.ts';
import type { CmsOptions, CmsStandIn } from './cms-handles.ts';

interface Page {
  readonly entities: readonly object[];
  readonly limit?: number;
}

let cms: CmsStandIn | undefined;
afterEach(async () => {
  await cms?.close();
  cms = undefined;
});

const ask = async (path: string, options: CmsOptions = {}, headers: Record<string, string> = {}) => {
  cms ??= await startCms(options);
  const response = await fetch(cms.contractUrl + path, { headers });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Page };
};

const articles = ['a', 'b', 'c', 'a/b'].map((slug) => ({ slug, title: slug.toUpperCase() }));

describe('the contract of a CMS', () => {
  it('gives a page of entities with its totals', async () => {
    const { body } = await ask('/articles?limit=2&offset=1', { articles });
    expect(body).toMatchObject({ entities: [{ slug: 'b' }, { slug: 'c' }], total: 4, limit: 2, offset: 1 });
  });

  it('can leave the totals out', async () => {
    const { body } = await ask('/articles?limit=1', { articles, omitTotals: true });
    expect(Object.keys(body)).toEqual(['entities']);
  });

  it('makes a page smaller without a word, when more is asked for than it gives', async () => {
    const { body } = await ask('/articles?limit=100', { articles, maxPage: 3 });
    expect([body.entities.length, body.limit]).toEqual([3, 3]);
  });

  it('gives an empty page beyond the end', async () => {
    expect((await ask('/articles?offset=40', { articles })).body).toMatchObject({ entities: [], total: 4 });
  });

  it.each(['limit=0', 'limit=-1', 'limit=x', 'offset=-1', 'offset=1.5'])('calls %s a bad request', async (query) => {
    expect((await ask(`/articles?${query}`)).status).toBe(400);
  });

  it('gives one article with five fields', async () => {
    const stored = { slug: 'd', title: 'D', body: null, publishedAt: null, updatedAt: '2025-05-05T05:05:05.000Z' };
    expect((await ask('/article/d', { articles: [stored] })).body).toEqual(stored);
  });

  it.each([
    ['/article/a%2Fb', 200],
    ['/article/a/b', 404],
    ['/article/z', 404],
    ['/article/', 404],
    ['/article/%FF', 400],
    ['/articles/a', 404],
  ])('answers %s with %i', async (path, status) => {
    expect((await ask(path, { articles })).status).toBe(status);
  });

  it.each([undefined, 'Bearer wrong', 'Token right', 'Bearer right2'])('refuses %s with 401', async (authorization) => {
    const headers = authorization === undefined ? undefined : { authorization };
    const { status, body } = await ask('/articles', { token: 'right' }, headers);
    expect([status, body]).toEqual([401, { error: 'Unauthorized' }]);
  });

  it('lets the right token in', async () => {
    expect((await ask('/articles', { token: 'right' }, { authorization: 'Bearer right' })).status).toBe(200);
  });
});
