import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, type Answer } from '../../support/ask.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';

let echo: EchoServer;
let gateway: GatewayApp;
beforeAll(async () => {
  echo = await startEcho();
  const target = { endpoints: [echo.url] };
  gateway = await createGateway([
    { name: 'drop', public: true, target },
    { name: 'rewrite', public: true, target, response: { cookies: 'rewrite' } },
    { name: 'pass', public: true, target, response: { cookies: 'pass', location: 'pass' } },
    { name: 'stripped', public: true, target, strip: '/v2' },
  ]);
});
afterAll(async () => {
  await gateway.close();
  await echo.close();
});

const get = (path: string): Promise<Answer> => ask(`${gateway.url}/gateway${path}`);

describe('cookies of the upstream', () => {
  const cookiesFrom = async (route: string): Promise<string[]> =>
    (await get(`/${route}/cookies`)).headers.getSetCookie();

  it('are dropped', async () => {
    expect(await cookiesFrom('drop')).toEqual([]);
  });

  it('are the route’s where they are rewritten; none takes the place of ours', async () => {
    expect(await cookiesFrom('rewrite')).toEqual([
      'theme=dark; Path=/gateway/rewrite/app',
      'lang=en; Max-Age=60; Expires=Fri, 01 Jan 2100 00:00:00 GMT; Path=/gateway/rewrite',
      'bare=1; Path=/gateway/rewrite',
      'away=1; Path=/gateway/rewrite',
    ]);
  });

  it('are passed as they are, but for ours', async () => {
    const cookies = await cookiesFrom('pass');
    expect(cookies).toHaveLength(5);
    expect(cookies).not.toContainEqual(expect.stringMatching(/^session=/));
    expect(cookies).toContain('theme=dark; Path=/app; Domain=127.0.0.1');
  });
});

describe('where the upstream sends its caller', () => {
  const locationOf = async (route: string, to: string): Promise<string | null> =>
    (await get(`/${route}/redirect?status=307&to=${encodeURIComponent(to)}`)).headers.get('location');

  it.each([
    ['/a/b?x=1#y', '/gateway/drop/a/b?x=1#y'],
    ['other', '/gateway/drop/other'],
    ['?page=2', '?page=2'],
    ['https://elsewhere.test/a', 'https://elsewhere.test/a'],
  ])('leads back through us: %s', async (to, location) => {
    expect(await locationOf('drop', to)).toBe(location);
  });

  it('leads back through us when it is told with the upstream’s own name', async () => {
    expect(await locationOf('drop', `${echo.url}/a`)).toBe('/gateway/drop/a');
  });

  it('never leads to another part of us: it is ours to say what is there', async () => {
    expect(await locationOf('drop', `${gateway.url}/console`)).toBe('/gateway/drop/console');
    expect(await locationOf('drop', '//evil.test/x')).toBe('//evil.test/x');
  });

  it('leads back to what we strip, and not to what nobody has', async () => {
    expect(await locationOf('stripped/v2', '/a')).toBe('/gateway/stripped/v2/a');
    expect(await locationOf('drop', 'http://')).toBeNull();
  });

  it('is left as it is where the route says so', async () => {
    expect(await locationOf('pass', '/a/b')).toBe('/a/b');
  });

  it('leads back through us when it is told as a refresh, too', async () => {
    const { headers } = await get('/drop/headers?refresh=5%3B%20url%3D/b');
    expect(headers.get('refresh')).toBe('5; url=/gateway/drop/b');
  });
});
