import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, type Answer } from '../../support/ask.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { askRaw, speak } from '../../support/raw-http.ts';
import { startEcho, type EchoRequest, type EchoServer } from '../../upstreams/echo.stand-in.ts';

let echo: EchoServer;
let gateway: GatewayApp;
beforeAll(async () => {
  echo = await startEcho();
  const target = { endpoints: [echo.url] };
  const request = {
    headers: {
      set: { 'X-From': 'breakwater', 'x-api-key': { env: 'ORIGIN_KEY' } },
      add: { 'x-list': 'ours' },
      remove: ['x-debug'],
    },
  };
  gateway = await createGateway(
    [
      { name: 'echo', public: true, target },
      { name: 'ruled', public: true, target, request },
      { name: 'kept', public: true, target, request: { host: 'preserve', forward: ['authorization', 'cookie'] } },
    ],
    { env: { ORIGIN_KEY: 'the-key-of-the-origin' } },
  );
});
afterEach(() => echo.forget());
afterAll(async () => {
  await gateway.close();
  await echo.close();
});

type Fields = Readonly<Record<string, string>>;

/** What the upstream was told. */
const told = async (path: string, fields: Fields = {}): Promise<EchoRequest> => {
  expect((await askRaw(gateway.url, `/gateway${path}`, fields)).status).toBe(200);
  return echo.requests.at(-1)!;
};

const given = (query: string, route = 'echo'): Promise<Answer> =>
  ask(`${gateway.url}/gateway/${route}/headers?${query}`);

describe('what concerns one connection only', () => {
  it('is not passed on to the upstream', async () => {
    const fields = {
      'Keep-Alive': 'timeout=5',
      'Proxy-Authorization': 'Basic x',
      TE: 'trailers',
      'Proxy-Connection': 'a',
    };
    const { headers } = await told('/echo/echo', { ...fields, 'X-Hop': '1', Connection: 'close, X-Hop' });
    for (const name of [...Object.keys(fields), 'x-hop', 'upgrade'])
      expect(headers).not.toHaveProperty(name.toLowerCase());
    expect(headers.connection).not.toContain('x-hop');
  });

  it('is not passed on to the caller', async () => {
    const query = 'connection=x-hop&x-hop=1&keep-alive=timeout%3D77&proxy-authenticate=Basic&proxy-connection=a&x-ok=1';
    const { headers } = await given(query);
    for (const name of ['x-hop', 'proxy-authenticate', 'proxy-connection']) expect(headers.get(name)).toBeNull();
    expect(headers.get('keep-alive') ?? '').not.toContain('77');
    expect(headers.get('x-ok')).toBe('1');
  });

  it('cannot be used to take away what we say', async () => {
    const { headers } = await told('/ruled/echo', { Connection: 'close, X-Api-Key, X-Forwarded-For, Via, Host' });
    expect(headers).toMatchObject({ 'x-api-key': 'the-key-of-the-origin', 'x-forwarded-for': '127.0.0.1' });
    expect(headers.via).toBe('1.1 breakwater');
    const answer = await given('connection=x-request-id,x-content-type-options,proxy-status');
    for (const name of ['x-request-id', 'x-content-type-options', 'proxy-status'])
      expect(answer.headers.get(name)).not.toBeNull();
  });
});

describe('credentials of the caller', () => {
  const fields = { Authorization: 'Bearer theirs', Cookie: 'session=ours; theme=dark; login-12345678=x' };

  it('stay with us', async () => {
    const { headers } = await told('/echo/echo', fields);
    expect([headers.authorization, headers.cookie]).toEqual([undefined, undefined]);
  });

  it('are passed on where the route says so, but for our own cookies', async () => {
    const { headers } = await told('/kept/echo', fields);
    expect([headers.authorization, headers.cookie]).toEqual(['Bearer theirs', 'theme=dark']);
  });
});

describe('the upstream is told', () => {
  it('the name it is called by, or what the caller called us', async () => {
    expect((await told('/echo/echo')).headers.host).toBe(new URL(echo.url).host);
    expect((await told('/kept/echo')).headers.host).toBe('test');
  });

  it('which request it is, in our words or in the caller’s', async () => {
    expect((await told('/echo/echo', { 'X-Request-Id': 'of-the-caller' })).headers['x-request-id']).toBe(
      'of-the-caller',
    );
    const odd = await told('/echo/echo', { 'X-Request-Id': 'not good' });
    expect(odd.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
  });

  it('whom it came by, and in which version', async () => {
    expect((await told('/echo/echo', { Via: '1.1 edge' })).headers.via).toBe('1.1 edge, 1.1 breakwater');
    await speak(gateway.url, 'GET /gateway/echo/echo HTTP/1.0\r\nHost: test\r\n\r\n');
    expect(echo.requests.at(-1)?.headers.via).toBe('1.0 breakwater');
  });

  it('what the route says, and not what it removes', async () => {
    const fields = { 'X-From': 'caller', 'X-Api-Key': 'guess', 'X-List': 'theirs', 'X-Debug': '1', 'X-Other': 'a' };
    const { headers } = await told('/ruled/echo', fields);
    expect(headers).toMatchObject({ 'x-from': 'breakwater', 'x-api-key': 'the-key-of-the-origin' });
    expect([headers['x-list'], headers['x-debug'], headers['x-other']]).toEqual(['theirs, ours', undefined, 'a']);
  });

  it('what came more than once as often, and nothing that nobody said', async () => {
    const head = 'GET /gateway/echo/echo HTTP/1.1\r\nHost: test\r\nConnection: close\r\nX-Two: 1\r\nX-Two: 2\r\n\r\n';
    await speak(gateway.url, head);
    const { rawHeaders, headers } = echo.requests.at(-1)!;
    expect(rawHeaders.filter((text) => text === '1' || text === '2')).toEqual(['1', '2']);
    expect([headers.accept, headers['user-agent'], headers['content-length']]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
