import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';

let echo: EchoServer;
let gateway: GatewayApp;

beforeAll(async () => {
  echo = await startEcho();
  gateway = await createGateway([{ name: 'echo', public: true, target: { endpoints: [echo.url] } }]);
});

afterAll(async () => {
  await gateway.close();
  await echo.close();
});

interface Echoed {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const echoed = async (path: string, init: RequestInit = {}): Promise<Echoed> => {
  const response = await fetch(`${gateway.url}/gateway/echo${path}`, init);
  expect(response.status).toBe(200);
  return (await response.json()) as Echoed;
};

describe('a request that is passed on', () => {
  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'M-SEARCH'])(
    'keeps its method: %s',
    async (method) => {
      await expect(echoed('/echo', { method })).resolves.toMatchObject({ method });
    },
  );

  it('keeps its method: QUERY, which is nothing without a type', async () => {
    const init = { method: 'QUERY', body: 'x', headers: { 'content-type': 'text/plain' } };
    await expect(echoed('/echo', init)).resolves.toMatchObject({ method: 'QUERY', body: 'x' });
    const refused = await fetch(`${gateway.url}/gateway/echo/echo`, { method: 'QUERY' });
    expect([refused.status, refused.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
  });

  it('keeps its path and its query as they are', async () => {
    await expect(echoed('/echo/a%20b/c?x=1&y=%2F&x=2')).resolves.toMatchObject({ url: '/echo/a%20b/c?x=1&y=%2F&x=2' });
  });

  it('keeps its body, whatever its type', async () => {
    const init = { method: 'POST', body: '{not json', headers: { 'content-type': 'application/json' } };
    await expect(echoed('/echo', init)).resolves.toMatchObject({ body: '{not json' });
  });

  it.each([200, 204, 301, 404, 418, 500, 503])('gets the answer as it is: status %d', async (status) => {
    const response = await fetch(`${gateway.url}/gateway/echo/status/${status}`, {
      redirect: 'manual',
      method: 'POST',
    });
    expect(response.status).toBe(status);
    expect(response.headers.get('proxy-status')).toBe(`breakwater; received-status=${status}`);
  });

  it('gets the bytes as they are', async () => {
    const [direct, passed] = await Promise.all(
      [echo.url, `${gateway.url}/gateway/echo`].map(async (url) => (await fetch(`${url}/bytes/3000000`)).arrayBuffer()),
    );
    expect(Buffer.from(passed!).equals(Buffer.from(direct!))).toBe(true);
  });
});
