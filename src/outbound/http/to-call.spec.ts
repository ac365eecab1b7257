import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import axios, { type AxiosRequestConfig } from 'axios';
import { buildProvider, type BuiltProvider } from '../../../test/support/build-provider.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { startFaultServer, type FaultServer } from '../../../test/upstreams/fault-server.ts';
import { RequestContext, runInContext } from '../../platform/context/request-context.ts';

interface Echo {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

let server: FaultServer;
let built: BuiltProvider;

beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());
beforeEach(() => void (built = buildProvider({ baseUrl: `${server.url}/echo/` })));
afterEach(() => built.provider.close());

const request = (config: AxiosRequestConfig) => built.http.axiosRef.request<Echo>(config);
const lastQuery = (): string => String(server.requestsSeen.at(-1)?.query);

describe('a request by HttpService that leads elsewhere', () => {
  it.each([
    ['another host', 'http://evil.example/things'],
    ['another port', 'http://127.0.0.1:1/things'],
    ['another scheme', 'https://127.0.0.1/things'],
    ['a host in place of a path', '//evil.example/things'],
    ['no http at all', 'file:///etc/passwd'],
  ])('is refused when its URL names %s', async (_what, url) => {
    const { received } = server;
    const refused = await rejectionOf(request({ url, headers: { authorization: 'Bearer s3cret' } }));
    expect(refused).toMatchObject({
      message: expect.stringMatching(/^Provider fixture calls http:\/\/127\.0\.0\.1:\d+ only$/),
    });
    expect([server.received, server.elsewhere.hits]).toEqual([received, 0]);
  });

  it('is refused when a developer’s interceptor leads it there', async () => {
    const elsewhere = { baseURL: server.elsewhere.url, url: `${server.elsewhere.url}/x` };
    built.http.axiosRef.interceptors.request.use((config) => ({ ...config, ...elsewhere }));
    await rejectionOf(request({ url: '/things' }));
    expect(server.elsewhere.hits).toBe(0);
  });

  it('is kept to our origin when only its base says otherwise', async () => {
    expect((await request({ baseURL: server.elsewhere.url, url: '/things' })).data.path).toBe('/echo/things');
    expect(server.elsewhere.hits).toBe(0);
  });
});

describe('a request by HttpService', () => {
  it.each(['/things', 'things'])('has its path %j appended to that of the base URL', async (url) => {
    expect((await request({ url })).data.path).toBe('/echo/things');
  });

  it('may name our own origin in full', async () => {
    expect((await request({ url: `${server.url}/echo/in/full?page=2` })).data.path).toBe('/echo/in/full');
    expect(lastQuery()).toBe('page=2');
  });

  it('keeps the query of its URL beside its params', async () => {
    await request({ url: '/things?page=2', params: { q: 'ä&b', tags: ['a', 'b'], none: undefined } });
    expect(lastQuery()).toBe('page=2&q=%C3%A4%26b&tags%5B%5D=a&tags%5B%5D=b');
  });

  it('sends auth as basic credentials, in place of any other', async () => {
    const auth = { username: 'ada', password: 'pässwort' };
    const { headers } = (await request({ url: '/things', auth, headers: { Authorization: 'Bearer other' } })).data;
    expect(headers['authorization']).toBe(`Basic ${Buffer.from('ada:pässwort').toString('base64')}`);
  });

  it('leaves out headers without a value', async () => {
    const { headers } = (
      await request({ url: '/things', headers: { 'X-None': null, 'X-Off': false, 'X-Empty': '', 'X-Zero': 0 } })
    ).data;
    expect(headers).toMatchObject({ 'x-empty': '', 'x-zero': '0' });
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['x-none']));
    expect(headers).not.toHaveProperty('x-off');
  });

  it('keeps its values out of the name of the call', async () => {
    await request({ url: '/things/s3cret?token=s3cret', timeout: 5_000 });
    expect(built.receipts[0]).toMatchObject({ operation: 'GET (raw)', template: '(raw)', outcome: 'answered' });
    expect(JSON.stringify(built.receipts)).not.toContain('s3cret');
  });

  it.each(['before it is sent', 'while it is under way'])(
    'is cancelled by its signal %s, as axios users know it',
    async (when) => {
      const controller = new AbortController();
      if (when === 'before it is sent') controller.abort();
      const ended = rejectionOf(request({ url: `${server.url}/hang`, signal: controller.signal }));
      await new Promise(setImmediate);
      controller.abort();
      expect(axios.isCancel(await ended)).toBe(true);
    },
  );

  it.each([false, true])('ends when the caller of our own API has left (a signal of its own: %s)', async (hasOwn) => {
    const reason = new Error('the caller left');
    const context = new RequestContext('request-1', undefined, Infinity);
    const own = hasOwn ? { signal: new AbortController().signal } : {};
    const ended = runInContext(context, () => rejectionOf(request({ url: `${server.url}/hang`, ...own })));
    await new Promise(setImmediate);
    context.abort(reason);
    expect(await ended).toBe(reason);
  });
});
