import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { jsonOf, problemOf } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { strapiError } from '../../upstreams/cms/strapi-error.ts';
import { behind } from './behind.ts';
import { KINDS, startCmsScene } from './cms-scene.ts';

let scene: { close(): Promise<void> };
afterEach(() => scene.close());

const QUICK = { CMS_BACKOFF_BASE_MS: '1' };
const PATHS = ['articles', 'articles/news'];

const json =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): RequestListener =>
  (_request, response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
      .end(JSON.stringify(body));
const raw =
  (status: number, text: string, type = 'text/html'): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': type }).end(text);

const ERRORS = [
  ['a query it does not know', strapiError(400, 'ValidationError', 'Invalid key x'), 502, 'upstream_rejected', 1],
  ['a wrong token', strapiError(401, 'UnauthorizedError', 'Missing credentials'), 502, 'upstream_rejected', 1],
  ['no token', strapiError(403, 'ForbiddenError', 'Forbidden'), 502, 'upstream_rejected', 1],
  ['no such API', strapiError(404, 'NotFoundError', 'Not Found'), 502, 'upstream_rejected', 1],
  ['a wrong method', strapiError(405, 'MethodNotAllowedError', 'Not allowed'), 502, 'upstream_rejected', 1],
  ['a failure', strapiError(500, 'InternalServerError', 'An error'), 502, 'upstream_failed', 3],
  ['a failure before it', { status: 503, body: 'Unavailable' }, 502, 'upstream_failed', 3],
] as const;

describe('articles, when Strapi answers', () => {
  it.each(ERRORS)('%s, are a problem that repeats nothing of it', async (_what, error, status, code, attempts) => {
    const strapi = await behind('strapi', json(error.status, error.body), QUICK);
    scene = strapi;
    for (const path of PATHS) {
      const before = strapi.asked();
      const answer = await strapi.get(path);
      expect(problemOf(answer)).toMatchObject({ status, code, provider: 'cms' });
      expect(answer.text).not.toMatch(/Invalid key|credentials|NotFoundError|An error/);
      expect(strapi.asked() - before).toBe(attempts);
    }
  });

  it('that it gets too many requests, are throttled for as long as it says', async () => {
    const strapi = await behind('strapi', json(429, null, { 'retry-after': '120' }), QUICK);
    scene = strapi;
    const answer = await strapi.get('articles');
    expect(problemOf(answer)).toMatchObject({ status: 503, code: 'upstream_throttled', provider: 'cms' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(100);
  });

  it.each([
    ['no token', {}, 403],
    ['a wrong token', { CMS_TOKEN: 'wrong' }, 401],
  ])('%i to %s, are rejected once, and the token is told to nobody', async (_what, env, _status) => {
    const strapi = await startCmsScene({ kind: 'strapi', cms: { token: 'open-sesame' }, env });
    scene = strapi;
    const answer = await strapi.get('articles');
    expect(problemOf(answer)).toMatchObject({ status: 502, code: 'upstream_rejected', provider: 'cms' });
    expect(strapi.cms.requestCount).toBe(1);
  });
});

describe.each(KINDS)('articles, when a CMS of kind %s', (kind) => {
  it.each([
    ['answers with a page of HTML', raw(200, '<h1>Log in</h1>')],
    ['answers with broken JSON', raw(200, '{"data":[', 'application/json')],
    ['answers with nothing', raw(200, '', 'application/json')],
    ['answers null', json(200, null)],
    ['answers something else', json(200, { data: null, entities: null })],
    ['has an article without a title', json(200, page({ slug: 'news' }))],
    ['has an article without a slug', json(200, page({ title: 'News' }))],
    ['has an article that is null', json(200, page(null))],
    ['redirects', (_request, response) => void response.writeHead(302, { location: '/login' }).end()],
  ] satisfies [string, RequestListener][])('%s, are an invalid answer', async (_what, listener) => {
    const cms = await behind(kind, listener, QUICK);
    scene = cms;
    for (const path of PATHS) {
      const answer = await cms.get(path);
      expect(problemOf(answer)).toMatchObject({ status: 502, code: 'upstream_invalid_answer', provider: 'cms' });
      expect(answer.text).not.toMatch(/Log in|login/);
    }
  });

  it('ignores the offset, are an invalid answer and no endless work', async () => {
    const cms = await behind(kind, json(200, page({ slug: 'news', title: 'News' })));
    scene = cms;
    const answer = await cms.get('articles');
    expect(problemOf(answer)).toMatchObject({ status: 502, code: 'upstream_invalid_answer', provider: 'cms' });
    expect(cms.asked()).toBe(2);
  });

  it('cuts the connection, are unreachable, and there again when it is', async () => {
    const cms = await startCmsScene({ kind, env: QUICK });
    scene = cms;
    cms.cms.cutFrom(0);
    expect(problemOf(await cms.get('articles'))).toMatchObject({ status: 502, code: 'upstream_unreachable' });
    cms.cms.mend();
    expect((await cms.get('articles')).status).toBe(200);
  });

  it('fails, are what they were, while it is tried again', async () => {
    const cms = await startCmsScene({ kind, env: { ...QUICK, CMS_CACHE_TTL_MS: '1' } });
    scene = cms;
    const { text } = await cms.get('articles');
    cms.cms.failFrom(0);
    await eventually(async () => {
      const answer = await cms.get('articles');
      expect([answer.status, answer.text]).toEqual([200, text]);
      expect(cms.cms.requestCount).toBeGreaterThan(3);
    });
    cms.cms.mend();
    cms.cms.put({ slug: 'news', title: 'News' });
    await eventually(async () => expect(jsonOf(await cms.get('articles'))).toMatchObject({ total: 13 }));
  });

  it('is slower than it may be, run out of time', async () => {
    const cms = await behind(kind, () => undefined, { CMS_ATTEMPT_TIMEOUT_MS: '50', CMS_MAX_ATTEMPTS: '1' });
    scene = cms;
    expect(problemOf(await cms.get('articles'))).toMatchObject({ status: 504, code: 'upstream_timeout' });
  });
});

/** One article of a page, in both shapes, and itself. */
function page(article: object | null): object {
  return { ...article, data: [article], entities: [article] };
}
