import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CmsStandIn } from './cms/cms-handles.ts';
import { startCms } from './cms.stand-in.ts';

let cms: CmsStandIn;
beforeEach(async () => {
  cms = await startCms({ generated: 200_000, bodyBytes: 500 });
});
afterEach(() => cms.close());

const read = async (url: string) => {
  const response = await fetch(url);
  return { status: response.status, body: JSON.parse(await response.text()) };
};

const slugsAt = async (offset: number, limit = 3): Promise<string[]> => {
  const { body } = await read(`${cms.contractUrl}/articles?limit=${limit}&offset=${offset}`);
  return (body.entities as { slug: string }[]).map(({ slug }) => slug);
};

describe('the articles of the CMS stand-in', () => {
  it('are a dozen at first', async () => {
    const other = await startCms();
    expect((await read(`${other.contractUrl}/articles`)).body).toMatchObject({ total: 12 });
    expect((await read(`${other.strapiUrl}/api/articles`)).body.meta.pagination.total).toBe(12);
    await other.close();
  });

  it('can be very many, each of its size, and are the same in both shapes', async () => {
    expect(await slugsAt(199_998)).toEqual(['generated-0199998', 'generated-0199999']);
    const { body: article } = await read(`${cms.contractUrl}/article/generated-0199999`);
    const { body } = await read(`${cms.strapiUrl}/api/articles?sort=slug:desc&pagination[limit]=1`);
    expect(article.body).toHaveLength(500);
    expect(body.data).toMatchObject([article]);
  });

  it('are not there beyond the last', async () => {
    expect((await read(`${cms.contractUrl}/article/generated-0200000`)).status).toBe(404);
  });

  it('can be added, replaced where they are, and removed', async () => {
    cms.put({ slug: 'extra', title: 'Extra' });
    cms.put({ slug: 'generated-0000001', title: 'Replaced' });
    cms.remove('generated-0000000');
    cms.remove('generated-0000002');
    expect(await slugsAt(0)).toEqual(['generated-0000001', 'generated-0000003', 'generated-0000004']);
    expect(await slugsAt(199_997)).toEqual(['generated-0199999', 'extra']);
    expect((await read(`${cms.contractUrl}/article/generated-0000001`)).body.title).toBe('Replaced');
    cms.remove('extra');
    expect((await read(`${cms.contractUrl}/articles?limit=1`)).body.total).toBe(199_998);
  });
});

describe('the faults of the CMS stand-in', () => {
  it('are lists that reach an offset, in the form of each shape', async () => {
    cms.failFrom(100, 503);
    expect(await slugsAt(0, 100)).toHaveLength(100);
    expect(await read(`${cms.contractUrl}/articles?limit=2&offset=99`)).toEqual({
      status: 503,
      body: { error: 'Service Unavailable' },
    });
    const error = { status: 503, name: 'ServiceUnavailableError', message: 'Service Unavailable', details: {} };
    expect(await read(`${cms.strapiUrl}/api/articles?pagination[start]=100`)).toEqual({
      status: 503,
      body: { data: null, error },
    });
    expect((await read(`${cms.contractUrl}/article/generated-0000100`)).status).toBe(200);
    cms.mend();
    expect(await slugsAt(100)).toHaveLength(3);
  });

  it('are lists at that offset even when nothing is there', async () => {
    cms.failFrom(200_000);
    expect((await read(`${cms.contractUrl}/articles?offset=200000`)).status).toBe(500);
  });

  it('are lists cut in the middle', async () => {
    cms.cutFrom(0);
    const response = await fetch(`${cms.contractUrl}/articles`);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
    cms.mend();
    expect(await slugsAt(0)).toHaveLength(3);
  });
});

describe('the CMS stand-in', () => {
  it('remembers what it was asked', async () => {
    await fetch(`${cms.contractUrl}/article/a%2Fb?x=1`, { headers: { 'x-trace': 'abc' } });
    expect(cms.requests).toMatchObject([
      { method: 'GET', path: '/api/v1/article/a%2Fb?x=1', headers: { 'x-trace': 'abc' } },
    ]);
    expect(cms.requestCount).toBe(1);
  });

  it('refuses to write, in both shapes', async () => {
    const statuses = [`${cms.contractUrl}/articles`, `${cms.strapiUrl}/api/articles`].map(
      async (url) => (await fetch(url, { method: 'POST', body: '{}' })).status,
    );
    expect(await Promise.all(statuses)).toEqual([405, 405]);
  });

  it('answers HEAD without a body', async () => {
    const response = await fetch(`${cms.strapiUrl}/api/articles`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it.each([
    ['entry.publish', expect.any(String)],
    ['entry.update', null],
    ['entry.delete', null],
  ])('writes the webhook of %s', (event, publishedAt) => {
    expect(cms.webhookBody(event, 'generated-0000007')).toEqual({
      event,
      createdAt: expect.any(String),
      model: 'article',
      uid: 'api::article.article',
      entry: expect.objectContaining({ slug: 'generated-0000007', documentId: expect.any(String), publishedAt }),
    });
  });

  it('writes the webhook of an article that is gone', () => {
    expect(cms.webhookBody('entry.delete', 'gone')).toMatchObject({ entry: { slug: 'gone', publishedAt: null } });
  });
});
