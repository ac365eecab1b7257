import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AxiosRequestConfig } from 'axios';
import { inspect } from 'node:util';
import { firstValueFrom } from 'rxjs';
import { buildProvider, type BuiltProvider } from '../../../test/support/build-provider.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { startFaultServer, type FaultServer } from '../../../test/upstreams/fault-server.ts';

interface Echo {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const CREDENTIALS = { authorization: 'Bearer s3cret', 'x-api-key': 's3cret', cookie: 'sid=s3cret' };
let server: FaultServer;
let built: BuiltProvider;

beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());
beforeEach(() => void (built = buildProvider({ baseUrl: server.url, maxAttempts: 1 })));
afterEach(() => built.provider.close());

const request = (config: AxiosRequestConfig) => built.http.axiosRef.request<Echo>(config);

describe('HttpService on the pipeline, when a call fails', () => {
  it.each([
    ['/status/403', 'upstream_rejected'],
    ['/status/500', 'upstream_failed'],
    ['/reset-before', 'upstream_unreachable'],
    ['/zip-bomb', 'upstream_invalid_answer'],
    ['/redirect', 'upstream_invalid_answer'],
  ])('fails over %s with an UpstreamError that holds neither request nor answer', async (url, code) => {
    const failed = await rejectionOf(request({ url, headers: CREDENTIALS, params: { token: 's3cret' } }));
    expect(failed).toMatchObject({ name: 'UpstreamError', code });
    expect(inspect(failed, { depth: 9, showHidden: true })).not.toContain('s3cret');
    expect(JSON.stringify(built.receipts)).not.toContain('s3cret');
  });

  it.each([
    ['seconds', 2_000, 2_000],
    ['date', 0, 2_000],
  ])('tells when to come again that the upstream named as %s', async (form, leastMs, mostMs) => {
    const failed = await rejectionOf(request({ url: `/throttled-${form}` }));
    expect(failed).toMatchObject({ code: 'upstream_throttled', status: 429 });
    const { retryAfterMs } = failed as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThanOrEqual(leastMs);
    expect(retryAfterMs).toBeLessThanOrEqual(mostMs);
  });

  it('takes timeout for a whole attempt, body included', async () => {
    const failed = await rejectionOf(request({ url: '/drip/timeout', timeout: 120 }));
    expect(failed).toMatchObject({ code: 'upstream_timeout', reason: expect.stringContaining('120 ms') });
  });

  it('takes maxContentLength for a whole answer', async () => {
    expect(await rejectionOf(request({ url: '/echo', maxContentLength: 10 }))).toMatchObject({
      code: 'upstream_invalid_answer',
    });
    expect(await rejectionOf(request({ url: '/zip-bomb', maxContentLength: 1_000_000 }))).toMatchObject({
      code: 'upstream_invalid_answer',
    });
  });

  it('lets an interceptor turn the failure into an answer', async () => {
    built.http.axiosRef.interceptors.response.use(undefined, () => ({ data: 'instead' }));
    expect((await request({ url: '/status/404' })).data).toBe('instead');
  });
});

describe('HttpService on the pipeline', () => {
  it('serves Observables and promises alike', async () => {
    const observed = await firstValueFrom(built.http.get<Echo>('/echo/things'));
    const promised = await built.http.axiosRef.get<Echo>('/echo/things');
    expect([observed.status, observed.data.path, promised.data.path]).toEqual([200, '/echo/things', '/echo/things']);
  });

  it('honours the interceptors of a developer', async () => {
    const { request: before, response: after } = built.http.axiosRef.interceptors;
    before.use((config) => {
      config.params = { ...(config.params as object), locale: 'de' };
      config.headers.set('X-Team', 'harbour');
      return config;
    });
    after.use((response) => ({ ...response, data: { seen: response.data as Echo } }));
    const { data } = await request({ url: '/echo', params: { page: 2 } });
    expect(data).toMatchObject({ seen: { headers: { 'x-team': 'harbour' } } });
    expect(String(server.requestsSeen.at(-1)?.query)).toBe('page=2&locale=de');
  });

  it('accepts any status when validateStatus is null, and what else it allows', async () => {
    expect((await request({ url: '/status/404', validateStatus: null })).status).toBe(404);
    expect((await request({ url: '/status/418', validateStatus: (status) => status === 418 })).status).toBe(418);
    expect(await rejectionOf(request({ url: '/ok', validateStatus: (status) => status === 418 }))).toMatchObject({
      status: 200,
    });
  });

  it.each([
    ['arraybuffer', (data: unknown) => Buffer.isBuffer(data)],
    ['text', (data: unknown) => data === '{"ok":true}'],
    ['json', (data: unknown) => (data as { ok: boolean }).ok],
  ] as const)('gives the answer as %s', async (responseType, isRight) => {
    expect(isRight((await request({ url: '/ok', responseType })).data)).toBe(true);
  });

  it('gives the answer as a stream', async () => {
    const { data } = await built.http.axiosRef.get<AsyncIterable<Buffer>>('/ok', { responseType: 'stream' });
    const chunks: Buffer[] = [];
    for await (const chunk of data) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('{"ok":true}');
  });

  it('gives the text of an answer that is no JSON, as axios does', async () => {
    expect((await request({ url: '/wrong-content-type' })).data).toContain('Maintenance');
  });

  it('finds headers of the answer by any case', async () => {
    const { headers } = await request({ url: '/redirect', validateStatus: null });
    expect(headers['location']).toBe(server.elsewhere.url);
    expect((headers as unknown as Map<string, string>).get('Location')).toBe(server.elsewhere.url);
  });

  it('never gives two callers the same response', async () => {
    const [one, other] = await Promise.all([request({ url: '/ok' }), request({ url: '/ok' })]);
    expect(one).not.toBe(other);
    expect(one.data).not.toBe(other.data);
    expect(one.headers).not.toBe(other.headers);
  });
});
