import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Clock } from '../../../src/platform/clock.ts';
import { ask, jsonOf, type Answer } from '../../support/ask.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import type { GatewayApp } from '../../support/gateway-app.ts';
import { askRaw } from '../../support/raw-http.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';
import { ADA, createGuardedGateway, GRACE } from './guarded-gateway.ts';

const OPS_TOKEN = 'a-token-for-operators-only';

let echo: EchoServer;
let clock: FakeClock;
let gateway: GatewayApp;
beforeEach(async () => {
  [echo, clock] = [await startEcho(), new FakeClock(Date.now())];
  const target = { endpoints: [echo.url] };
  const routes = [
    { name: 'off', public: true, target },
    { name: 'kept', public: true, target, cache: 'shared' },
    { name: 'lasting', public: true, target, cache: { ttlMs: 60_000 } },
    { name: 'closed', target, cache: 'shared' },
    { name: 'personal', target, cache: 'shared', request: { forward: ['authorization'] } },
  ];
  gateway = await createGuardedGateway(routes, {
    env: { OPS_TOKEN },
    override: (builder) => builder.overrideProvider(Clock).useValue(clock),
  });
});
afterEach(async () => {
  await gateway.close();
  await echo.close();
});

const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  ask(`${gateway.url}/gateway${path}`, { headers, method });
const as = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
const minute = '/cache?cache-control=max-age%3D60&etag=%221%22';

const told = ({ headers }: Answer): string | null => headers.get('cache-status');

describe('a route whose answers are not kept', () => {
  it('asks each time', async () => {
    for (let turn = 0; turn < 2; turn += 1) expect(told(await get(`/off${minute}`))).toBe('gateway.off; fwd=bypass');
    expect(echo.received).toBe(2);
  });
});

describe('a route whose answers are kept', () => {
  it('asks once, and tells how old the answer is', async () => {
    expect(told(await get(`/kept${minute}`))).toMatch(/^gateway\.kept; fwd=uri-miss; ttl=\d+; stored$/);
    await clock.advance(10_000);
    const hit = await get(`/kept${minute}`);
    expect([hit.text, hit.headers.get('age'), echo.received]).toEqual(['1', '10', 1]);
    expect(told(hit)).toMatch(/^gateway\.kept; hit; ttl=(?:49|50)$/);
    expect(hit.headers.get('proxy-status')).toMatch(/^breakwater/);
  });

  it('asks again whether an old one is still good', async () => {
    await get(`/kept${minute}`);
    await clock.advance(61_000);
    const validated = await get(`/kept${minute}`);
    expect([validated.status, validated.text, echo.requests[1]?.headers['if-none-match']]).toEqual([200, '1', '"1"']);
    expect(told(validated)).toContain('fwd=stale; fwd-status=304');
  });

  it('tells a caller who has it that it is still good', async () => {
    await get(`/kept${minute}`);
    // fetch would add no-cache to that.
    const answer = await askRaw(gateway.url, `/gateway/kept${minute}`, {
      Host: new URL(gateway.url).host,
      'If-None-Match': '"1"',
    });
    expect([answer.status, answer.text, answer.headers['etag'], echo.received]).toEqual([304, '', '"1"', 1]);
  });

  it('has the head of what it keeps', async () => {
    await get(`/kept${minute}`);
    const answer = await get(`/kept${minute}`, {}, 'HEAD');
    expect([answer.status, answer.text, answer.headers.get('content-length'), echo.received]).toEqual([
      200,
      '',
      '1',
      1,
    ]);
  });

  it('has each coding that was asked for', async () => {
    const path = '/kept/headers?cache-control=max-age%3D60&vary=accept-encoding&x-a=1';
    for (const coding of ['gzip', 'br', 'gzip']) await get(path, { 'accept-encoding': coding });
    expect(echo.requests.map(({ headers }) => headers['accept-encoding'])).toEqual(['gzip', 'br']);
    expect(told(await get(path, { 'accept-encoding': 'identity' }))).toContain('fwd=vary-miss');
  });

  it('keeps packed what came packed', async () => {
    const path = '/lasting/gzip?n=100';
    const answers = [await get(path, { 'accept-encoding': 'gzip' }), await get(path, { 'accept-encoding': 'gzip' })];
    expect(answers.map(({ text, headers }) => [text, headers.get('content-encoding')])).toEqual(
      Array.from({ length: 2 }, () => ['gzip '.repeat(100), 'gzip']),
    );
    expect(echo.received).toBe(1);
  });

  it.each(['private', 'no-store'])('does not keep what is %s', async (directive) => {
    for (let turn = 0; turn < 2; turn += 1) await get(`/kept/cache?cache-control=${directive}`);
    expect(echo.received).toBe(2);
  });

  it('does not keep what is too large; it streams', async () => {
    for (let turn = 0; turn < 2; turn += 1) {
      const answer = await fetch(`${gateway.url}/gateway/lasting/bytes/12000000?chunked`);
      expect((await answer.arrayBuffer()).byteLength).toBe(12_000_000);
    }
    expect(echo.received).toBe(2);
  });

  it('forgets what a write changes', async () => {
    await get(`/kept${minute}`);
    await get(`/kept${minute}`, {}, 'POST');
    expect((await get(`/kept${minute}`)).text).toBe('3');
  });

  it('forgets everything when operators say so, and nothing of others', async () => {
    await get(`/kept${minute}`);
    await get(`/lasting${minute}`);
    const forget = (provider: string): Promise<Answer> =>
      ask(`${gateway.url}/ops/cache?provider=${provider}`, { method: 'DELETE', headers: as(OPS_TOKEN) });
    expect(jsonOf(await forget('gateway.kept'))).toEqual({ forgotten: 1 });
    await Promise.all([get(`/kept${minute}`), get(`/lasting${minute}`)]);
    expect(echo.received).toBe(3);
    expect((await forget('gateway.nowhere')).status).toBe(400);
  });
});

describe('callers of a route that is not public', () => {
  it('share what is for all, and no cache on the way may', async () => {
    const answers = [await get(`/closed${minute}`, as(ADA)), await get(`/closed${minute}`, as(GRACE))];
    expect(answers.map(({ text }) => text)).toEqual(['1', '1']);
    expect(answers.map(({ headers }) => headers.get('cache-control'))).toEqual([
      'private, max-age=60',
      'private, max-age=60',
    ]);
    expect((await get(`/closed${minute}`)).status).toBe(401);
  });

  it('share nothing that was made for one of them', async () => {
    for (const token of [ADA, GRACE]) await get(`/personal${minute}`, as(token));
    expect(echo.requests.map(({ headers }) => headers.authorization)).toEqual(
      [ADA, GRACE].map((token) => `Bearer ${token}`),
    );
  });
});
