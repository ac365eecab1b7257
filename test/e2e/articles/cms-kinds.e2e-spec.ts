import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, jsonOf, problemOf } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import { startCms } from '../../upstreams/cms.stand-in.ts';
import type { CmsStandIn, StoredArticle } from '../../upstreams/cms/cms-handles.ts';
import { KNOWN_ARTICLES } from '../../upstreams/cms/known-articles.ts';
import { KINDS, tellOf, urlOf, WEBHOOK_SECRET, type Kind } from './cms-scene.ts';

const SECRET = { CMS_WEBHOOK_SECRET: WEBHOOK_SECRET };
const ODD: StoredArticle[] = [
  { slug: 'café', title: 'Draft?', body: null, updatedAt: '2025-05-05T05:05:05+02:00' },
  { slug: 'when-nobody-knows', title: '', body: '', updatedAt: 'yesterday' },
];

const start = (cms: CmsStandIn, kind: Kind, env: Readonly<Record<string, string>> = {}): Promise<TestApp> =>
  createApp({ env: { CMS_URL: urlOf(cms, kind), CMS_KIND: kind, ...env } });

describe('switching the CMS', () => {
  let cms: CmsStandIn;
  let apps: TestApp[];
  beforeAll(async () => {
    cms = await startCms({ articles: [...KNOWN_ARTICLES, ...ODD], maxPage: 4 });
    apps = [await start(cms, 'contract', SECRET), await start(cms, 'strapi', SECRET)];
  });
  afterAll(async () => {
    for (const app of apps) await app.close();
    await cms.close();
  });

  it.each([
    'articles',
    'articles?limit=3',
    'articles?limit=7&offset=3',
    'articles?offset=13',
    'articles?offset=500',
    'articles?limit=0',
    'articles?page=2',
    'articles/how-a-breakwater-works',
    'articles/caf%C3%A9',
    'articles/when-nobody-knows',
    'articles/there-is-none',
    'articles/..%2fadmin',
  ])('changes nothing of %s', async (path) => {
    const [contract, strapi] = await Promise.all(apps.map(({ url }) => ask(`${url}/api/v1/${path}`)));
    const comparable = ({ status, text }: { status: number; text: string }) => {
      const { requestId: _own, ...rest } = jsonOf<Record<string, unknown>>({ text });
      return { status, ...rest };
    };
    expect(comparable(strapi!)).toEqual(comparable(contract!));
    expect(strapi!.headers.get('cache-control')).toBe(contract!.headers.get('cache-control'));
  });

  it('leaves times in UTC, and null where there is none', async () => {
    for (const { url } of apps) {
      const { items } = jsonOf<{ items: object[] }>(await ask(`${url}/api/v1/articles?offset=12`));
      expect(items).toMatchObject([
        { body: null, updatedAt: '2025-05-05T03:05:05.000Z' },
        { body: '', updatedAt: null },
      ]);
    }
  });

  it.each([
    ['entry.update', WEBHOOK_SECRET, 204],
    ['entry.update', 'another secret', 401],
    ['no event', WEBHOOK_SECRET, 400],
  ])('changes nothing of what the webhook says to %s with %j', async (event, secret, status) => {
    for (const app of apps) {
      const body = cms.webhookBody(event, 'news');
      expect((await tellOf(app, event, body, { 'x-webhook-secret': secret })).status).toBe(status);
    }
  });
});

describe('a CMS', () => {
  let cms: CmsStandIn;
  let breakwater: TestApp | undefined;
  afterEach(async () => {
    await breakwater?.close();
    breakwater = undefined;
    await cms.close();
  });

  it.each(KINDS)('of kind %s is presented our token, and articles are for everybody all the same', async (kind) => {
    cms = await startCms({ token: 'open-sesame' });
    breakwater = await start(cms, kind, { CMS_TOKEN: 'open-sesame' });
    for (const path of ['articles', `articles/${KNOWN_ARTICLES[0]?.slug}`]) {
      const answer = await ask(`${breakwater.url}/api/v1/${path}`);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, expect.stringContaining('public')]);
    }
    expect(cms.requests.map(({ headers }) => headers.authorization)).toEqual(Array(2).fill('Bearer open-sesame'));
  });

  it.each(KINDS)('of kind %s is presented nothing without a token', async (kind) => {
    cms = await startCms();
    breakwater = await start(cms, kind);
    await ask(`${breakwater.url}/api/v1/articles`);
    expect(cms.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('of kind strapi may be named with all that comes before its articles', async () => {
    cms = await startCms();
    breakwater = await start(cms, 'strapi', { CMS_URL: `${cms.strapiUrl}/api` });
    expect((await ask(`${breakwater.url}/api/v1/articles`)).status).toBe(200);
    expect(cms.requests[0]?.path).toMatch(/^\/api\/articles\?/);
  });

  it.each(KINDS)('of kind %s may hold the text in another field, or none', async (kind) => {
    cms = await startCms();
    const [{ slug, title } = { slug: '', title: '' }] = KNOWN_ARTICLES;
    for (const [CMS_BODY_FIELD, body] of Object.entries({ title, nothing: null, constructor: null })) {
      breakwater = await start(cms, kind, { CMS_BODY_FIELD });
      expect(jsonOf(await ask(`${breakwater.url}/api/v1/articles/${slug}`))).toMatchObject({ body });
      await breakwater.close();
    }
    breakwater = undefined;
  });

  it('that is not named is off', async () => {
    cms = await startCms();
    breakwater = await start(cms, 'strapi', { CMS_URL: '' });
    for (const path of ['articles', 'articles/news']) {
      const problem = problemOf(await ask(`${breakwater.url}/api/v1/${path}`));
      expect(problem).toMatchObject({ status: 503, code: 'not_configured', provider: 'cms' });
    }
    expect((await ask(`${breakwater.url}/api/v1/articles/..%2f`)).status).toBe(400);
  });

  it.each([
    ['CMS_KIND', 'wordpress'],
    ['CMS_BODY_FIELD', '__proto__'],
    ['CMS_WEBHOOK_SECRET', 'too short'],
    ['CMS_WEBHOOK_SECRET', 'sixteen letters with ü'],
    ['CMS_WEBHOOK_SECRET', 'sixteen characters\tand a tab'],
    ['CMS_URL', 'ftp://cms.example.com'],
  ])('cannot be told of by %s=%s', async (name, value) => {
    cms = await startCms();
    const error = await rejectionOf(start(cms, 'contract', { [name]: value }));
    expect(String(error)).toContain(name);
  });
});
