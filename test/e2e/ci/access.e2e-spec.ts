import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, problemOf, type Answer } from '../../support/ask.ts';
import { ADAS_SESSION } from '../authentication/known-callers.ts';
import { ciRoutes, type CiRoute } from './ci-routes.ts';
import { READER, startCi, STRANGER, WRITER, type CiScene } from './ci-scene.ts';

let breakwater: CiScene;
let routes: CiRoute[];
beforeAll(async () => {
  breakwater = await startCi();
  routes = ciRoutes(breakwater.semaphore.samples);
});
afterAll(() => breakwater.close());

const enter = ({ method, path, body }: CiRoute, headers: Record<string, string>): Promise<Answer> =>
  ask(`${breakwater.url}/api/v1/ci${path}`, {
    method,
    headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Status of each route, and how often Semaphore was asked for them all. */
const enterAll = async (some: readonly CiRoute[], headers: Record<string, string>) => {
  const before = breakwater.semaphore.requests.length;
  const statuses: number[] = [];
  for (const route of some) statuses.push((await enter(route, headers)).status);
  return { statuses: [...new Set(statuses)], asked: breakwater.semaphore.requests.length - before };
};

const those = (method: CiRoute['method']): CiRoute[] => routes.filter((route) => route.method === method);

describe('the routes of ci', () => {
  it('are for nobody in particular: 401', async () => {
    for (const headers of [{}, bearer('made-up')])
      expect(await enterAll(routes, headers)).toEqual({ statuses: [401], asked: 0 });
  });

  it('are for nobody without their scopes: 403, naming what is missing', async () => {
    expect(await enterAll(routes, bearer(STRANGER))).toEqual({ statuses: [403], asked: 0 });
    const challenges = await Promise.all(
      [routes[0]!, those('POST')[0]!].map(async (route) =>
        (await enter(route, bearer(STRANGER))).headers.get('www-authenticate'),
      ),
    );
    expect(challenges).toEqual([
      'Bearer error="insufficient_scope", scope="ci:read"',
      'Bearer error="insufficient_scope", scope="ci:write"',
    ]);
  });

  it('that write refuse who may read only, and those that read who may write only', async () => {
    expect(await enterAll(those('POST'), bearer(READER))).toEqual({ statuses: [403], asked: 0 });
    expect(await enterAll(those('GET'), bearer(WRITER))).toEqual({ statuses: [403], asked: 0 });
  });

  it('that read are open with ci:read alone', async () => {
    expect((await enterAll(those('GET'), bearer(READER))).statuses).toEqual([200]);
  });

  it('that write are open with ci:write alone', async () => {
    expect((await enterAll(those('POST'), bearer(WRITER))).statuses).toEqual([202]);
  });

  it('take a session as well', async () => {
    expect((await enter(routes[0]!, { cookie: `__Host-session=${ADAS_SESSION}` })).status).toBe(200);
  });

  it('that write take a session only with the proof that our own pages ask', async () => {
    const cookie = `__Host-session=${ADAS_SESSION}`;
    const write = those('POST')[1]!;
    expect((await enter(write, { cookie })).status).toBe(403);
    expect((await enter(write, { cookie, 'sec-fetch-site': 'cross-site', 'x-requested-with': 'fetch' })).status).toBe(
      403,
    );
    expect((await enter(write, { cookie, 'sec-fetch-site': 'same-origin', 'x-requested-with': 'fetch' })).status).toBe(
      202,
    );
  });

  it('keep their answers from everybody else', async () => {
    for (const route of those('GET')) {
      const { headers } = await enter(route, bearer(READER));
      expect([route.path, headers.get('cache-control')]).toEqual([route.path, 'no-store']);
    }
  });
});

describe('without a Semaphore', () => {
  it('the routes of ci say so, after the guard', async () => {
    const off = await startCi({ env: { SEMAPHORE_URL: 'off' } });
    try {
      expect((await off.get('/projects', { authorization: 'Bearer made-up' })).status).toBe(401);
      const problem = problemOf(await off.get('/projects'));
      expect(problem).toMatchObject({ status: 503, code: 'not_configured', provider: 'semaphore' });
    } finally {
      await off.close();
    }
  });
});
