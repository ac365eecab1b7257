import { afterEach, describe, expect, it } from '@jest/globals';
import { startCms } from '../cms.stand-in.ts';
import type { CmsOptions, CmsStandIn } from './cms-handles.ts';

interface Listed {
  readonly data: readonly { id: number; documentId: string; slug: string; publishedAt: string | null }[];
  readonly meta: { readonly pagination: Record<string, number> };
}

let cms: CmsStandIn | undefined;
afterEach(async () => {
  await cms?.close();
  cms = undefined;
});

const ask = async (path: string, options: CmsOptions = {}, headers: Record<string, string> = {}) => {
  cms ??= await startCms(options);
  const response = await fetch(`${cms.strapiUrl}/api${path}`, { headers });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Listed };
};

const slugsOf = ({ data }: Listed): string => data.map(({ slug }) => slug).join(' ');

const articles = ['b', 'c', 'a'].map((slug) => ({ slug, title: slug === 'c' ? 'same' : 'both' }));

describe('a page of Strapi', () => {
  it('has 25 entries unless something else is asked for', async () => {
    const { body } = await ask('/articles', { generated: 30 });
    expect(body.data).toHaveLength(25);
    expect(body.meta).toEqual({ pagination: { page: 1, pageSize: 25, pageCount: 2, total: 30 } });
  });

  it.each(['pagination[start]=28&pagination[limit]=5', 'pagination%5Bstart%5D=28&pagination%5Blimit%5D=5'])(
    'begins at %s',
    async (query) => {
      const { body } = await ask(`/articles?${query}`, { generated: 30 });
      expect(slugsOf(body)).toBe('generated-0000028 generated-0000029');
      expect(body.meta).toEqual({ pagination: { start: 28, limit: 5, total: 30 } });
    },
  );

  it('may be counted instead', async () => {
    const { body } = await ask('/articles?pagination[page]=2&pagination[pageSize]=4', { generated: 6 });
    expect(slugsOf(body)).toBe('generated-0000004 generated-0000005');
    expect(body.meta.pagination).toEqual({ page: 2, pageSize: 4, pageCount: 2, total: 6 });
  });

  it.each(['limit', 'pageSize'])('is cut down to 100 without a word, when %s is more', async (key) => {
    const { status, body } = await ask(`/articles?pagination[${key}]=1000`, { generated: 200 });
    expect([status, body.data.length, body.meta.pagination[key]]).toEqual([200, 100, 100]);
  });

  it.each([
    ['-1', 100],
    ['0', 1],
    ['-7', 1],
  ])('of limit %s has %i entries', async (limit, length) => {
    expect((await ask(`/articles?pagination[limit]=${limit}`, { generated: 200 })).body.data).toHaveLength(length);
  });

  it('is not counted when that is not wanted', async () => {
    const { body } = await ask('/articles?pagination[start]=0&pagination[withCount]=false');
    expect(body.meta.pagination).toEqual({ start: 0, limit: 25 });
  });
});

describe('what Strapi lists', () => {
  it.each([
    ['', 'b c a'],
    ['sort=slug', 'a b c'],
    ['sort=slug:desc', 'c b a'],
    ['sort=title,slug:DESC', 'b a c'],
    ['sort[0]=title:desc&sort[1]=slug', 'c a b'],
  ])('by %s is %s', async (query, slugs) => {
    expect(slugsOf((await ask(`/articles?${query}`, { articles })).body)).toBe(slugs);
  });

  it('moves to the end once it is published again, because its row is another', async () => {
    const before = await ask('/articles?filters[slug][$eq]=b', { articles });
    cms?.put({ slug: 'b', title: 'new' });
    const after = await ask('/articles');
    expect(slugsOf(after.body)).toBe('c a b');
    expect(after.body.data[2]?.id).not.toBe(before.body.data[0]?.id);
    expect(after.body.data[2]?.documentId).toBe(before.body.data[0]?.documentId);
  });

  it('is the one of a slug', async () => {
    const { body } = await ask('/articles?filters%5Bslug%5D%5B%24eq%5D=c', { articles });
    expect([slugsOf(body), body.meta.pagination.total]).toEqual(['c', 1]);
  });

  it('is nothing, with status 200, when the slug is unknown', async () => {
    const { status, body } = await ask('/articles?filters[slug][$eq]=z', { articles });
    expect([status, body.data]).toEqual([200, []]);
  });

  it('leaves drafts out, or is drafts', async () => {
    const drafts = [...articles, { slug: 'd', title: 'D', publishedAt: null }];
    expect(slugsOf((await ask('/articles', { articles: drafts })).body)).toBe('b c a');
    const { body } = await ask('/articles?status=draft');
    expect(slugsOf(body)).toBe('b c a d');
    expect(body.data.map(({ publishedAt }) => publishedAt)).toEqual([null, null, null, null]);
  });

  it.each(['fields=title', 'fields[0]=title'])('has both ids and what %s names', async (query) => {
    const { body } = await ask(`/articles?${query}`, { articles });
    expect(Object.keys(body.data[0] ?? {})).toEqual(['id', 'documentId', 'title']);
  });

  it('never says anything about caching', async () => {
    const { headers } = await ask('/articles');
    expect([headers.get('etag'), headers.get('cache-control'), headers.get('last-modified')]).toEqual([
      null,
      null,
      null,
    ]);
    expect(headers.get('x-powered-by')).toMatch(/^Strapi/);
  });
});
