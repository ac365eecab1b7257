import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Clock } from '../../../src/platform/clock.ts';
import { ask, problemOf, type Answer } from '../../support/ask.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import type { GatewayApp } from '../../support/gateway-app.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';
import { ADA, createGuardedGateway, GRACE } from './guarded-gateway.ts';

let echo: EchoServer;
let gateway: GatewayApp;
const start = async (env: Record<string, string>): Promise<void> => {
  const target = { endpoints: [echo.url] };
  const routes = [
    { name: 'limited', target, rateLimit: '2/60' },
    { name: 'open', public: true, target, rateLimit: '2/60' },
    { name: 'free', public: true, target },
  ];
  gateway = await createGuardedGateway(routes, {
    env,
    override: (builder) => builder.overrideProvider(Clock).useValue(new FakeClock()),
  });
};
beforeEach(async () => {
  echo = await startEcho();
});
afterEach(async () => {
  await gateway.close();
  await echo.close();
});

const get = (path: string, token?: string): Promise<Answer> =>
  ask(`${gateway.url}/gateway${path}`, { headers: token ? { authorization: `Bearer ${token}` } : {} });

const standing = ({ status, headers }: Answer): unknown[] => [status, headers.get('ratelimit')];

describe('a route with a limit of its own', () => {
  it('counts beside RATE_LIMIT, and tells both on what is passed on', async () => {
    await start({ RATE_LIMIT: '3/60' });
    const first = await get('/limited/echo', ADA);
    expect(first.headers.get('ratelimit-policy')).toBe('"default";q=3;w=60, "gateway.limited";q=2;w=60');
    expect(standing(first)).toEqual([200, '"default";r=2;t=60, "gateway.limited";r=1;t=60']);
    expect(standing(await get('/limited/status/404', ADA))[1]).toBe('"default";r=1;t=60, "gateway.limited";r=0;t=60');
    const refused = await get('/limited/echo', ADA);
    expect(standing(refused)).toEqual([429, '"default";r=0;t=60, "gateway.limited";r=0;t=60']);
    expect(problemOf(refused)).toMatchObject({ code: 'too_many_requests', retryAfterMs: 60_000 });
    expect([refused.headers.get('retry-after'), echo.received]).toEqual(['60', 2]);
  });

  it('is each caller’s own', async () => {
    await start({});
    for (let turn = 0; turn < 2; turn += 1) await get('/limited/echo', ADA);
    expect((await get('/limited/echo', ADA)).status).toBe(429);
    expect((await get('/limited/echo', GRACE)).status).toBe(200);
  });

  it('is each address’s own where anybody may ask, and not other routes’', async () => {
    await start({});
    const statuses = [];
    for (let turn = 0; turn < 3; turn += 1) statuses.push((await get('/open/echo')).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect(standing(await get('/free/echo'))).toEqual([200, null]);
  });
});

it('RATE_LIMIT counts routes of all kinds, and what is refused there never reaches the upstream', async () => {
  await start({ RATE_LIMIT: '2/60' });
  const statuses = [];
  for (const path of ['/free/echo', '/open/echo', '/free/echo', '/nowhere']) statuses.push((await get(path)).status);
  expect(statuses).toEqual([200, 200, 429, 404]);
  expect(echo.received).toBe(2);
});
