import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, problemOf, type Answer } from '../../support/ask.ts';
import { startCms } from '../../upstreams/cms.stand-in.ts';
import { ciRoutes, type CiRoute } from '../ci/ci-routes.ts';
import { startCi, type CiScene } from '../ci/ci-scene.ts';

const WITHIN_REASON_MS = 10_000;

let breakwater: CiScene;
let routes: CiRoute[];

/** Nobody listens any more where either was; the articles were read a moment before. */
beforeAll(async () => {
  const cms = await startCms();
  // At once stale: what is served now is served because the CMS fails.
  const env = { CMS_URL: cms.contractUrl, CMS_CACHE_TTL_MS: '1', CMS_MAX_ATTEMPTS: '1', SEMAPHORE_MAX_ATTEMPTS: '1' };
  breakwater = await startCi({ env });
  routes = ciRoutes(breakwater.semaphore.samples);
  expect((await article()).status).toBe(200);
  expect((await breakwater.get('/projects')).status).toBe(200);
  await Promise.all([cms.close(), breakwater.semaphore.close()]);
});
afterAll(() => breakwater.close());

const article = (): Promise<Answer> => ask(`${breakwater.url}/api/v1/articles/how-a-breakwater-works`);

const enter = ({ method, path, body }: CiRoute): Promise<Answer> =>
  method === 'GET' ? breakwater.get(path) : breakwater.post(path, body);

describe('while both services are down', () => {
  it('articles that were read before are served, as stale ones', async () => {
    for (let time = 0; time < 20; time += 1) {
      const { status, headers } = await article();
      expect([status, headers.get('cache-status')]).toEqual([200, expect.stringMatching(/^cms; .*ttl=-?\d+/)]);
    }
  });

  it('every route of ci fails, reads and writes, soon and by name', async () => {
    for (const route of [...routes, ...routes]) {
      const answer = await enter(route);
      const { code, provider } = problemOf(answer);
      expect([route.path, provider]).toEqual([route.path, 'semaphore']);
      expect(['502 upstream_unreachable', '503 circuit_open']).toContain(`${answer.status} ${code}`);
      expect(answer.durationMs).toBeLessThan(WITHIN_REASON_MS);
    }
  });

  it('one that is down stands in no other’s way', async () => {
    expect((await ask(`${breakwater.url}/health/live`)).status).toBe(200);
    expect((await ask(`${breakwater.url}/api/v1/ci/projects`)).status).toBe(401);
    expect((await breakwater.get('/jobs?limit=0')).status).toBe(400);
    expect((await article()).status).toBe(200);
  });
});
