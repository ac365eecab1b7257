import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, problemOf, type Answer } from '../../support/ask.ts';
import type { GatewayApp } from '../../support/gateway-app.ts';
import { askRaw, speak, type RawAnswer } from '../../support/raw-http.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';
import { ADA, COOKIE, createGuardedGateway, GRACE } from './guarded-gateway.ts';

const OURS = 'https://api.example.com';

let echo: EchoServer;
let gateway: GatewayApp;

beforeAll(async () => {
  echo = await startEcho();
  const target = { endpoints: [echo.url] };
  const routes = [
    { name: 'open', public: true, target },
    { name: 'closed', target },
    { name: 'scoped', scopes: ['ci:read', 'ci:write'], target },
  ];
  gateway = await createGuardedGateway(routes, { env: { PUBLIC_URL: OURS } });
});
afterEach(() => echo.forget());
afterAll(async () => {
  await gateway.close();
  await echo.close();
});

type Fields = Readonly<Record<string, string>>;

const get = (path: string, token?: string, init: RequestInit = {}): Promise<Answer> =>
  ask(`${gateway.url}/gateway${path}`, { ...init, headers: token ? { authorization: `Bearer ${token}` } : {} });

const send = (line: string, fields: Fields, body = ''): Promise<RawAnswer> => {
  const all = { Host: 'api.example.com', Connection: 'close', Cookie: COOKIE, ...fields };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return speak(gateway.url, `${line} HTTP/1.1\r\n${head.join('')}\r\n${body}`);
};

describe('a route that is not public', () => {
  it.each([
    ['/closed/echo', undefined, 401, 'unauthorized'],
    ['/closed/echo', 'made-up', 401, 'unauthorized'],
    ['/scoped/echo', undefined, 401, 'unauthorized'],
    ['/scoped/echo', GRACE, 403, 'forbidden'],
  ])('keeps out, and from its upstream: %s with %s', async (path, token, status, code) => {
    const answer = await get(path, token);
    expect(problemOf(answer)).toMatchObject({ status, code });
    expect(answer.headers.get('proxy-status')).toBe('breakwater; error=http_request_denied');
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(echo.received).toBe(0);
  });

  it.each(['POST', 'PUT', 'OPTIONS', 'PROPFIND'])('keeps %s out, whatever its body', async (method) => {
    const init = method === 'OPTIONS' ? { method } : { method, body: 'x'.repeat(100_000) };
    expect((await get('/closed/upload', undefined, init)).status).toBe(401);
    expect(echo.received).toBe(0);
  });

  it('tells nobody what there is below it, who may not know', async () => {
    for (const path of ['/closed/%2e%2e/x', '/closed/a%2Fb', '/scoped/nowhere'])
      expect((await askRaw(gateway.url, `/gateway${path}`)).status).toBe(401);
    expect((await get('/closed/a%2Fb', ADA)).status).toBe(400);
    expect(echo.received).toBe(0);
  });

  it.each([
    ['/closed/echo', GRACE],
    ['/scoped/echo', ADA],
  ])('lets in who has all it takes: %s with %s', async (path, token) => {
    expect((await get(path, token)).status).toBe(200);
    expect(echo.received).toBe(1);
    expect(echo.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('lets no cache of many people keep what it answers', async () => {
    const { headers } = await get('/closed/headers?cache-control=public%2C%20max-age%3D60%2C%20s-maxage%3D9', ADA);
    expect([headers.get('cache-control'), headers.get('vary')]).toEqual([
      'private, max-age=60',
      'Authorization, Cookie',
    ]);
    expect((await get('/closed/headers', ADA)).headers.get('cache-control')).toBe('private');
    expect((await get('/open/headers?cache-control=public')).headers.get('cache-control')).toBe('public');
  });
});

describe('a session cookie', () => {
  const length = { 'Content-Length': '1' };

  it.each<Fields>([
    {},
    { Origin: OURS },
    { 'X-Requested-With': 'fetch' },
    { Origin: 'https://evil.example', 'X-Requested-With': 'fetch', 'Sec-Fetch-Site': 'cross-site' },
  ])('is not enough to write: %j', async (fields) => {
    const answer = await send('POST /gateway/closed/echo', { ...length, ...fields }, 'x');
    expect([answer.status, problemOf(answer).code]).toEqual([403, 'forbidden']);
    expect(echo.received).toBe(0);
  });

  it('is enough to write from our own pages, and to read; it stays with us', async () => {
    const proof = { Origin: OURS, 'X-Requested-With': 'fetch' };
    expect((await send('POST /gateway/closed/echo', { ...length, ...proof }, 'x')).status).toBe(200);
    expect((await send('GET /gateway/scoped/echo', {})).status).toBe(200);
    expect(echo.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined]);
  });

  // Cross-site WebSocket hijacking: no preflight is asked for, and the cookie comes along.
  it.each<Fields>([
    {},
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { Origin: 'https://x.example.com', 'Sec-Fetch-Site': 'same-site' },
    { Origin: 'https://evil.example', 'X-Requested-With': 'fetch' },
  ])('opens no connection for pages of others: %j', async (fields) => {
    const answer = await send('GET /gateway/closed/raw-upgrade', {
      Connection: 'upgrade',
      Upgrade: 'websocket',
      ...fields,
    });
    expect([answer.status, problemOf(answer).code]).toEqual([403, 'forbidden']);
    expect(echo.received).toBe(0);
  });
});
