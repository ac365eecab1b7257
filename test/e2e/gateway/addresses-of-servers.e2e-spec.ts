import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';

let servers: readonly EchoServer[];
let gateway: GatewayApp;

beforeAll(async () => {
  servers = [await startEcho(), await startEcho()];
  const endpoints = servers.map(({ url }) => url);
  gateway = await createGateway([{ name: 'both', public: true, target: { endpoints } }]);
});
afterAll(async () => {
  await gateway.close();
  await Promise.all(servers.map((server) => server.close()));
});

describe('an address that a server gives of itself, or of another one', () => {
  it.each([0, 1])('leads back through us: server %d', async (index) => {
    const to = encodeURIComponent(`${servers[index]!.url}/echo?a=1`);
    // Whichever of them answers.
    for (let times = 0; times < 4; times += 1) {
      const { headers } = await ask(`${gateway.url}/gateway/both/redirect?to=${to}`, { redirect: 'manual' });
      expect(headers.get('location')).toBe('/gateway/both/echo?a=1');
    }
  });
});
