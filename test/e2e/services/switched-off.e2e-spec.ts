import { afterEach, describe, expect, it } from '@jest/globals';
import { ask, problemOf, type Answer } from '../../support/ask.ts';
import { startCms } from '../../upstreams/cms.stand-in.ts';
import { KINDS, tellOf, WEBHOOK_SECRET } from '../articles/cms-scene.ts';
import { ciRoutes, type CiRoute } from '../ci/ci-routes.ts';
import { BOTH, startCi, STRANGER, type CiScene } from '../ci/ci-scene.ts';

const OFF = { status: 503, code: 'not_configured' };
const ARTICLES = ['articles', 'articles?limit=5&offset=5', 'articles/news', 'articles/export'];

let breakwater: CiScene;
afterEach(() => breakwater.close());

const enter = ({ method, path, body }: CiRoute, headers: Record<string, string>): Promise<Answer> =>
  ask(`${breakwater.url}/api/v1/ci${path}`, {
    method,
    headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const routes = (): CiRoute[] => ciRoutes(breakwater.semaphore.samples);

describe.each([
  ['no URL', { SEMAPHORE_URL: '' }],
  ['a URL that says off', { SEMAPHORE_URL: 'off' }],
  ['no token', { SEMAPHORE_TOKEN: '' }],
])('Semaphore with %s', (_what, env) => {
  it('is off: every route of ci says so, to who may enter, and nothing is sent', async () => {
    breakwater = await startCi({ env });
    for (const route of routes()) {
      const { method, path } = route;
      for (const [status, headers] of [
        [401, {}],
        [401, bearer('made-up')],
        [403, bearer(STRANGER)],
      ] as const)
        expect([method, path, (await enter(route, headers)).status]).toEqual([method, path, status]);
      const problem = problemOf(await enter(route, bearer(BOTH)));
      expect([method, path, problem]).toMatchObject([method, path, { ...OFF, provider: 'semaphore' }]);
    }
    expect(breakwater.semaphore.requests).toHaveLength(0);
  });

  it('says what is wrong with a request all the same', async () => {
    breakwater = await startCi({ env });
    expect((await breakwater.get('/jobs?limit=0')).status).toBe(400);
    expect((await breakwater.post('/workflows', {})).status).toBe(400);
  });

  it('leaves the articles as they are', async () => {
    const cms = await startCms();
    breakwater = await startCi({ env: { ...env, CMS_URL: cms.contractUrl } });
    for (const path of ARTICLES.filter((path) => !path.endsWith('news')))
      expect([path, (await ask(`${breakwater.url}/api/v1/${path}`)).status]).toEqual([path, 200]);
    await cms.close();
  });
});

describe.each(KINDS)('a CMS of kind %s', (kind) => {
  it.each(['', 'off'])('without a URL is off: every route of articles says so, to everybody: %j', async (url) => {
    breakwater = await startCi({ env: { CMS_URL: url, CMS_KIND: kind } });
    for (const path of ARTICLES)
      for (const method of ['GET', 'HEAD']) {
        const answer = await ask(`${breakwater.url}/api/v1/${path}`, { method });
        expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([path, 503, 'no-store']);
        if (method === 'GET') expect(problemOf(answer)).toMatchObject({ ...OFF, provider: 'cms' });
      }
    expect(breakwater.receipts.flatMap(({ attempts }) => attempts)).toEqual([]);
  });

  it('without a URL takes no word of changes either, and of nobody', async () => {
    breakwater = await startCi({ env: { CMS_URL: '', CMS_KIND: kind, CMS_WEBHOOK_SECRET: WEBHOOK_SECRET } });
    const event = { event: 'entry.update', model: 'article' };
    for (const secret of [WEBHOOK_SECRET, 'a secret of another one', '']) {
      const answer = await tellOf(breakwater, event.event, event, { 'x-webhook-secret': secret });
      expect(problemOf(answer)).toMatchObject({ ...OFF, provider: 'cms' });
    }
  });

  it('without a URL leaves ci as it is', async () => {
    breakwater = await startCi({ env: { CMS_URL: '', CMS_KIND: kind } });
    expect((await breakwater.get('/projects')).status).toBe(200);
  });
});
