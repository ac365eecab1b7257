import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, problemOf, type Answer } from '../../support/ask.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { askRaw, speak, type RawAnswer } from '../../support/raw-http.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';

let echo: EchoServer;
let gateway: GatewayApp;
beforeAll(async () => {
  echo = await startEcho();
  const target = { endpoints: [echo.url], basePath: '/echo' };
  const common = { public: true, target };
  gateway = await createGateway([
    { name: 'all', ...common },
    { name: 'below', ...common, match: { prefix: '/v2' } },
    { name: 'stripped', ...common, match: { prefix: '/v2' }, strip: '/v2' },
    { name: 'users', ...common, match: { path: '/users/{id}/{part}' }, rewrite: '/people/{part}/of/{id}' },
    { name: 'slashes', ...common, allowEncodedSlashes: true },
    { name: 'reading', ...common, match: { methods: ['GET', 'REPORT'] } },
    { name: 'hosted', ...common, match: { host: 'api.example.com' } },
    { name: 'tenant', ...common, match: { headers: { 'X-Tenant': 'acme' } } },
    { name: 'keys', ...common, request: { query: ['limit', 'page[size]'] } },
  ]);
});
afterEach(() => echo.forget());
afterAll(async () => {
  await gateway.close();
  await echo.close();
});

const raw = (target: string, headers: Readonly<Record<string, string>> = {}): Promise<RawAnswer> =>
  askRaw(gateway.url, `/gateway${target}`, headers);

const send = (path: string, init: RequestInit = {}): Promise<Answer> => ask(`${gateway.url}/gateway${path}`, init);

describe('a path that a route does not take', () => {
  it.each([
    '/below/',
    '/below/v1',
    '/below/v20',
    '/below/V2',
    '/users/users/1',
    '/users/users/1/a/b',
    '/nowhere/a',
    '/ALL/a',
  ])('is none: %s', async (target) => {
    const answer = await raw(target);
    expect([answer.status, problemOf(answer).code, echo.received]).toEqual([404, 'not_found', 0]);
  });

  it.each([
    '/all/a%2Fb',
    '/all/a%5Cb',
    '/all/..',
    '/all/a/%2e%2e/b',
    '/all/a/.;x/b',
    '/all/%00',
    '/all/%ff',
    '/slashes/a%2F..',
  ])('is refused: %s', async (target) => {
    const answer = await raw(target);
    expect([answer.status, problemOf(answer).code, echo.received]).toEqual([400, 'invalid_request', 0]);
  });
});

describe('a path', () => {
  it.each([
    ['/all', '/echo/'],
    ['/all/', '/echo/'],
    ['/all//a//b/', '/echo//a//b/'],
    ['/all/%7Euser/%c3%a9', '/echo/~user/%C3%A9'],
    ['/below/v2', '/echo/v2'],
    ['/below/v2/a', '/echo/v2/a'],
    ['/stripped/v2/a?b=c', '/echo/a?b=c'],
    ['/stripped/v2', '/echo'],
    ['/users/users/1%20x/name?y', '/echo/people/name/of/1%20x?y'],
    ['/slashes/a%2fb%5cc', '/echo/a%2Fb%5Cc'],
    ['/all/%252e%252e/a', '/echo/%252e%252e/a'],
  ])('of %s is %s there', async (target, there) => {
    expect((await raw(target)).status).toBe(200);
    expect(echo.requests.map(({ url }) => url)).toEqual([there]);
  });
});

describe('a method that a route does not take', () => {
  it.each(['POST', 'DELETE', 'OPTIONS'])('is refused, and told which it takes: %s', async (method) => {
    const answer = await send('/reading/a', { method });
    expect([answer.status, answer.headers.get('allow'), echo.received]).toEqual([405, 'GET, HEAD, REPORT', 0]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });

  it.each(['GET', 'HEAD', 'REPORT'])('is not %s', async (method) => {
    expect((await send('/reading/a', { method })).status).toBe(200);
  });

  it.each(['/all/a', '/reading/a'])('is TRACE everywhere: it would mirror credentials: %s', async (target) => {
    const head = `TRACE /gateway${target} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n`;
    expect([404, 405]).toContain((await speak(gateway.url, head)).status);
    expect(echo.received).toBe(0);
  });
});

describe('a route that is for some requests only', () => {
  it.each([
    ['/hosted/a', 'api.example.com', 200],
    ['/hosted/a', 'API.Example.com:8080', 200],
    ['/hosted/a', 'api.example.com.', 200],
    ['/hosted/a', 'example.com', 404],
    ['/hosted/a', 'api.example.com.evil.test', 404],
  ])('is chosen by host: %s of %s', async (target, host, status) => {
    const head = `GET /gateway${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    const answer = await speak(gateway.url, head);
    expect([answer.status, echo.received]).toEqual([status, status === 200 ? 1 : 0]);
  });

  it.each([
    [{ 'X-Tenant': 'acme' }, 200],
    [{ 'X-Tenant': 'Acme' }, 404],
    [{ 'X-Tenant': 'acme, acme' }, 404],
    [{}, 404],
  ])('is chosen by header: %j', async (headers: Readonly<Record<string, string>>, status) => {
    expect((await raw('/tenant/a', headers)).status).toBe(status);
  });
});

describe('a query', () => {
  it.each(['', '?', '?limit=1&limit=2', '?page%5Bsize%5D=1', '?limit=%26x', '?l%69mit=1'])(
    'may be %s',
    async (query) => {
      expect((await raw(`/keys/a${query}`)).status).toBe(200);
      expect(echo.requests[0]?.url).toBe(`/echo/a${query === '?' ? '' : query}`);
    },
  );

  it.each([
    ['?other=1&limit=1', ['other']],
    ['?limit=1;admin=1', ['admin']],
    ['?Limit=1&x', ['Limit', 'x']],
    ['?limit=%zz', ['limit']],
  ])('has no keys that the route does not take: %s', async (query, fields) => {
    const answer = await raw(`/keys/a${query}`);
    expect(problemOf(answer).errors?.map(({ field }) => field)).toEqual(fields);
    expect([answer.status, echo.received]).toEqual([400, 0]);
  });
});
