import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask, type Answer } from '../../support/ask.ts';
import type { GatewayApp } from '../../support/gateway-app.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';
import { ADA, createGuardedGateway } from './guarded-gateway.ts';

const LISTED = 'https://app.example.com';
const WANTED = { 'access-control-request-method': 'PUT', 'access-control-request-headers': 'authorization' };

let echo: EchoServer;
let gateway: GatewayApp;
const start = async (env: Record<string, string> = {}): Promise<void> => {
  const target = { endpoints: [echo.url] };
  gateway = await createGuardedGateway(
    [
      { name: 'open', public: true, target },
      { name: 'closed', target },
    ],
    { env },
  );
};
beforeEach(async () => {
  echo = await startEcho();
});
afterEach(async () => {
  await gateway.close();
  await echo.close();
});

const preflight = (path: string, origin: string, headers: Record<string, string> = WANTED): Promise<Answer> =>
  ask(`${gateway.url}/gateway${path}`, { method: 'OPTIONS', headers: { origin, ...headers } });

const corsOf = ({ headers }: Answer): string[] =>
  [...headers.keys()].filter((name) => name.startsWith('access-control-'));

describe('a preflight', () => {
  it('is a request like any other when no origin is listed', async () => {
    await start();
    const answer = await preflight('/open/echo', LISTED);
    expect([answer.status, corsOf(answer)]).toEqual([200, []]);
    expect(echo.requests.at(-1)).toMatchObject({ method: 'OPTIONS', headers: WANTED });
    expect((await preflight('/closed/echo', LISTED)).status).toBe(401);
  });

  it.each(['/open/echo', '/closed/echo'])('of a listed origin is answered by us: %s', async (path) => {
    await start({ CORS_ORIGINS: LISTED });
    const { status, headers } = await preflight(path, LISTED);
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, LISTED]);
    expect(headers.get('access-control-allow-methods')).toContain('PUT');
    expect(echo.received).toBe(0);
  });

  it('of another origin is allowed nothing', async () => {
    await start({ CORS_ORIGINS: LISTED });
    const answer = await preflight('/closed/echo', 'https://evil.example');
    expect(corsOf(answer)).toEqual([]);
    expect([answer.status, echo.received]).toEqual([401, 0]);
  });

  it('is none without a method to ask for: OPTIONS is passed on', async () => {
    await start({ CORS_ORIGINS: LISTED });
    const { status, headers } = await preflight('/open/echo', LISTED, {});
    expect([status, headers.get('access-control-allow-origin')]).toEqual([200, LISTED]);
    expect(echo.requests.at(-1)?.method).toBe('OPTIONS');
  });
});

describe('an answer to a script of another origin', () => {
  const read = (origin: string, path = '/open/headers'): Promise<Answer> =>
    ask(`${gateway.url}/gateway${path}`, { headers: { origin, authorization: `Bearer ${ADA}` } });

  it('may be read by those we list, whatever the upstream says of others', async () => {
    await start({ CORS_ORIGINS: LISTED });
    const { headers } = await read(LISTED, '/open/headers?access-control-allow-origin=*&vary=accept');
    expect(headers.get('access-control-allow-origin')).toBe(LISTED);
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('vary')?.toLowerCase()).toMatch(/accept\b.*\borigin/);
  });

  it.each(['https://evil.example', 'null'])('may not be read by %s', async (origin) => {
    await start({ CORS_ORIGINS: LISTED });
    const query = `access-control-allow-origin=${encodeURIComponent(origin)}&access-control-allow-credentials=true`;
    expect(corsOf(await read(origin, `/open/headers?${query}`))).toEqual([]);
    expect(corsOf(await read(origin, `/closed/headers?${query}`))).toEqual([]);
  });

  it('is kept apart by who asks, also where it is for scripts of nobody', async () => {
    await start({ CORS_ORIGINS: LISTED });
    for (const origin of [LISTED, 'https://evil.example'])
      expect((await read(origin)).headers.get('vary')?.toLowerCase()).toContain('origin');
  });

  it('is refused readably', async () => {
    await start({ CORS_ORIGINS: LISTED });
    const { status, headers } = await ask(`${gateway.url}/gateway/closed/echo`, { headers: { origin: LISTED } });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([401, LISTED]);
  });
});
