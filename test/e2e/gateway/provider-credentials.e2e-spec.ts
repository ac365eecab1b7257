import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, type Answer } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import type { CmsStandIn } from '../../upstreams/cms/cms-handles.ts';
import { startCms } from '../../upstreams/cms.stand-in.ts';
import { startSemaphore, type SemaphoreStandIn } from '../../upstreams/semaphore.stand-in.ts';

const CMS_TOKEN = 'cms-token-of-the-tests';
const THEIRS = 'Bearer of-the-caller';

let semaphore: SemaphoreStandIn;
let cms: CmsStandIn;
let gateway: GatewayApp;
beforeAll(async () => {
  [semaphore, cms] = await Promise.all([startSemaphore(), startCms({ token: CMS_TOKEN })]);
  const target = { provider: 'semaphore' };
  gateway = await createGateway(
    [
      { name: 'ci', public: true, target },
      { name: 'forwarding', public: true, target, request: { forward: ['authorization', 'cookie'] } },
      { name: 'ruled', public: true, target, request: { headers: { set: { authorization: 'Basic of-the-route' } } } },
      { name: 'articles', public: true, target: { provider: 'cms' } },
    ],
    {
      env: {
        SEMAPHORE_URL: semaphore.url,
        SEMAPHORE_TOKEN: semaphore.token,
        CMS_URL: cms.contractUrl,
        CMS_TOKEN: CMS_TOKEN,
      },
    },
  );
});
afterAll(async () => {
  await gateway.close();
  await Promise.all([semaphore.close(), cms.close()]);
});

const get = (
  path: string,
  headers: Record<string, string> = { authorization: THEIRS, cookie: 'a=1' },
): Promise<Answer> => ask(`${gateway.url}/gateway${path}`, { headers });

describe('a route to a service that we have a credential for', () => {
  const shown = (): string | undefined => semaphore.requests.at(-1)?.headers.authorization;

  it('shows it ours, whatever its caller brings', async () => {
    const { status } = await get('/ci/projects');
    expect(shown()).toMatch(new RegExp(`^\\w+ ${semaphore.token}$`));
    expect([status, semaphore.requests.at(-1)?.path]).toEqual([200, '/api/v1alpha/projects']);
    expect(semaphore.requests.at(-1)?.headers.cookie).toBeUndefined();
  });

  it('shows it something else in its place where the route says so, and never both', async () => {
    expect([(await get('/forwarding/projects')).status, shown()]).toEqual([401, THEIRS]);
    expect([(await get('/ruled/projects')).status, shown()]).toEqual([401, 'Basic of-the-route']);
    expect([(await get('/forwarding/projects', {})).status, shown()]).toEqual([
      ...[200, expect.stringContaining(semaphore.token)],
    ]);
  });

  it('tells nobody what it is', async () => {
    const answer = await get('/ci/projects');
    expect(answer.text + JSON.stringify([...answer.headers])).not.toContain(semaphore.token);
    await eventually(() => expect(gateway.receipts).not.toHaveLength(0));
    expect(gateway.logLines.join('')).not.toContain(semaphore.token);
  });

  it('passes on what it says of what there is not', async () => {
    const answer = await get('/ci/projects/nothing-like-it');
    expect([answer.status, answer.headers.get('proxy-status')]).toEqual([404, 'breakwater; received-status=404']);
  });

  it('goes nowhere else with it', async () => {
    expect((await get('/ci/../../elsewhere')).status).toBeGreaterThanOrEqual(400);
    const answer = await get(`/ci/jobs/${semaphore.samples.movedLogJobId}/plain_logs.json`);
    expect(semaphore.requests.every(({ path }) => path.startsWith('/api/v1alpha/'))).toBe(true);
    expect([302, 404]).toContain(answer.status);
  });

  it('is as good with another service', async () => {
    expect((await get('/articles/articles')).status).toBe(200);
  });
});
