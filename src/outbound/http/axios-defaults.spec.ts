import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import axios, { type AxiosRequestConfig } from 'axios';
import { buildProvider, type BuiltProvider } from '../../../test/support/build-provider.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { startFaultServer, type FaultServer } from '../../../test/upstreams/fault-server.ts';

interface Echo {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

class Thing {
  a = 1;
}

let server: FaultServer;
let built: BuiltProvider;

beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());
beforeEach(() => void (built = buildProvider({ baseUrl: server.url })));
afterEach(() => built.provider.close());

const echoOf = async (config: AxiosRequestConfig): Promise<Echo> =>
  (await built.http.axiosRef.request<Echo>({ url: '/echo', ...config })).data;

describe('what a request sends', () => {
  it.each([
    ['an object', { a: 1, b: [true, null] }, '{"a":1,"b":[true,null]}', 'application/json'],
    ['a list', [1, 2], '[1,2]', 'application/json'],
    ['an object of a class, such as a DTO', new Thing(), '{"a":1}', 'application/json'],
    [
      'an object without prototype',
      Object.assign(Object.create(null) as object, { a: 1 }),
      '{"a":1}',
      'application/json',
    ],
    ['a form', new URLSearchParams({ a: 'b c', d: 'é' }), 'a=b+c&d=%C3%A9', 'application/x-www-form-urlencoded'],
    ['bytes', new TextEncoder().encode('raw'), 'raw', expect.anything()],
    ['a buffer', Buffer.from('raw'), 'raw', expect.anything()],
    ['text', 'plain text', 'plain text', expect.anything()],
  ])('may be %s', async (_what, data, body, contentType) => {
    const echo = await echoOf({ method: 'post', data });
    expect([echo.body, echo.headers['content-type']]).toEqual([body, contentType]);
  });

  it('has the content type that the caller chose', async () => {
    const echo = await echoOf({
      method: 'patch',
      data: { a: 1 },
      headers: { 'Content-Type': 'application/merge-patch+json' },
    });
    expect([echo.body, echo.headers['content-type']]).toEqual(['{"a":1}', 'application/merge-patch+json']);
  });

  it('is no body and no content type for a GET', async () => {
    const echo = await echoOf({});
    expect([echo.body, echo.headers['content-type'], echo.headers['content-length']]).toEqual([
      '',
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['a web stream', () => new Blob(['once']).stream()],
    [
      'a generator',
      async function* () {
        yield Buffer.from('once');
      },
    ],
  ])('is sent once only when it is %s', async (what, body) => {
    const url = `/status/503/${what.replaceAll(' ', '-')}`;
    await rejectionOf(built.http.axiosRef.put(url, body()));
    const seen = server.requestsSeen.filter((request) => request.path === url);
    expect(seen.map((request) => request.body)).toEqual(['once']);
  });
});

describe('what a developer sets on the instance', () => {
  it('is honoured for default headers', async () => {
    built.http.axiosRef.defaults.headers.common['X-Team'] = 'harbour';
    built.http.axiosRef.defaults.headers.post['X-Post'] = 'yes';
    expect((await echoOf({})).headers).toMatchObject({ 'x-team': 'harbour' });
    expect((await echoOf({ method: 'post' })).headers).toMatchObject({ 'x-team': 'harbour', 'x-post': 'yes' });
  });

  it('is honoured for a default timeout', async () => {
    built.http.axiosRef.defaults.timeout = 60;
    const failed = await rejectionOf(built.http.axiosRef.post('/hang'));
    expect(failed).toMatchObject({ code: 'upstream_timeout', reason: expect.stringContaining('60 ms') });
  });

  it('concerns nobody else’s axios', async () => {
    built.http.axiosRef.interceptors.request.use((config) => config);
    expect(axios.defaults.adapter).toEqual(['xhr', 'http', 'fetch']);
    expect(axios.defaults.headers.common).toHaveProperty('Accept');
    expect(axios.defaults.validateStatus).toBeDefined();
    const { data } = await axios.get<Echo>(`${server.url}/echo/else`);
    expect(data.headers['user-agent']).toMatch(/^axios\//);
    expect(built.receipts).toEqual([]);
  });
});
