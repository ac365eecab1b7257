import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { askRaw } from '../../support/raw-http.ts';
import { startEcho, type EchoRequest, type EchoServer } from '../../upstreams/echo.stand-in.ts';

let echo: EchoServer;
let gateway: GatewayApp;
const start = async (env: Record<string, string> = {}): Promise<void> => {
  gateway = await createGateway([{ name: 'echo', public: true, target: { endpoints: [echo.url] } }], { env });
};
beforeEach(async () => {
  echo = await startEcho();
});
afterEach(async () => {
  await gateway.close();
  await echo.close();
});

const told = async (fields: Readonly<Record<string, string>> = {}): Promise<EchoRequest['headers']> => {
  expect((await askRaw(gateway.url, '/gateway/echo/echo', fields)).status).toBe(200);
  return echo.requests.at(-1)!.headers;
};

const CLAIMS = {
  Forwarded: 'for=6.6.6.6;host=evil.test;proto=https',
  'X-Forwarded-For': '6.6.6.6',
  'X-Forwarded-Host': 'evil.test',
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Port': '443',
  'X-Forwarded-Prefix': '/evil',
  'X-Real-IP': '6.6.6.6',
};

const OURS = {
  forwarded: 'for=127.0.0.1;host=test;proto=http',
  'x-forwarded-for': '127.0.0.1',
  'x-forwarded-host': 'test',
  'x-forwarded-proto': 'http',
  'x-forwarded-port': '80',
  'x-forwarded-prefix': '/gateway/echo',
};

describe('who asks', () => {
  it('is whoever is at the other end: nobody is believed', async () => {
    await start();
    const headers = await told(CLAIMS);
    expect(headers).toMatchObject(OURS);
    expect(JSON.stringify(headers)).not.toMatch(/6\.6\.6\.6|evil/);
  });

  it.each([
    'X-Client-IP',
    'True-Client-IP',
    'CF-Connecting-IP',
    'X-Original-URL',
    'X-Rewrite-URL',
    'X-HTTP-Method-Override',
  ])('is not said in other words, either: %s', async (name) => {
    await start();
    expect(await told({ [name]: '6.6.6.6' })).not.toHaveProperty(name.toLowerCase());
  });

  it('is what a proxy says whom we trust', async () => {
    await start({ TRUST_PROXY: 'loopback' });
    expect(await told(CLAIMS)).toMatchObject({
      forwarded: 'for=6.6.6.6;host=evil.test;proto=https, for=127.0.0.1;host=test;proto=http',
      'x-forwarded-for': '6.6.6.6, 127.0.0.1',
      'x-forwarded-host': 'evil.test',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
      'x-forwarded-prefix': '/evil/gateway/echo',
    });
  });

  it('is the proxy itself where it says nothing', async () => {
    await start({ TRUST_PROXY: 'loopback' });
    expect(await told()).toMatchObject(OURS);
  });

  it('is not what a proxy says whom we do not trust', async () => {
    await start({ TRUST_PROXY: '10.0.0.0/8' });
    expect(await told(CLAIMS)).toMatchObject(OURS);
  });
});
