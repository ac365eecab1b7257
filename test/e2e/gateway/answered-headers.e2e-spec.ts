import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, type Answer } from '../../support/ask.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';

let echo: EchoServer;
let gateway: GatewayApp;
beforeAll(async () => {
  echo = await startEcho();
  const target = { endpoints: [echo.url] };
  const response = { headers: { set: { 'x-set': 'ours' }, add: { 'x-add': 'ours' }, remove: ['server', 'X-Gone'] } };
  gateway = await createGateway([
    { name: 'echo', public: true, target },
    { name: 'ruled', public: true, target, response },
  ]);
});
afterAll(async () => {
  await gateway.close();
  await echo.close();
});

const given = (query: string, route = 'echo'): Promise<Answer> =>
  ask(`${gateway.url}/gateway/${route}/headers?${query}`);

describe('the caller is told', () => {
  it('what the route says, and not what it removes', async () => {
    const { headers } = await given('x-set=theirs&x-add=theirs&server=nginx&x-gone=1&x-kept=1', 'ruled');
    expect([headers.get('x-set'), headers.get('x-add'), headers.get('x-kept')]).toEqual(['ours', 'theirs, ours', '1']);
    expect([headers.get('server'), headers.get('x-gone')]).toEqual([null, null]);
  });

  it('whom it came by, which request it is of, and not to guess what it is', async () => {
    const { headers } = await given('via=1.1%20origin&x-request-id=theirs');
    expect(headers.get('via')).toBe('1.1 origin, 1.1 breakwater');
    expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('nothing that would hold for all of our host', async () => {
    const query = 'strict-transport-security=max-age%3D0&clear-site-data=%22*%22&service-worker-allowed=/&nel=x';
    const { headers } = await given(query);
    for (const name of ['strict-transport-security', 'clear-site-data', 'service-worker-allowed', 'nel'])
      expect(headers.get(name)).toBeNull();
  });

  it.each([
    ['text/html', 'sandbox'],
    ['image/svg+xml', 'sandbox'],
    ['application/json', null],
    ['text/plain', null],
  ])('to run nothing of a document: %s', async (type, policy) => {
    const { headers } = await given(`content-type=${encodeURIComponent(type)}`);
    expect(headers.get('content-security-policy')).toBe(policy);
  });
});
