import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, askForProblem, jsonOf } from '../../support/ask.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { askRaw } from '../../support/raw-http.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';
import { startOrigin, type OriginStandIn } from '../../upstreams/origin.stand-in.ts';

let echo: EchoServer;
let origin: OriginStandIn;
let gateway: GatewayApp;
beforeAll(async () => {
  [echo, origin] = [await startEcho(), await startOrigin()];
  const kept = origin.serve({ body: '{"kept":1.10}', headers: { 'cache-control': 'max-age=600' } });
  const aggregate = {
    second: { target: { endpoints: [origin.url] }, path: kept.path },
    first: { target: { endpoints: [`${echo.url}/echo`] }, path: '/{name}/x' },
    gone: { target: { endpoints: [origin.url] }, path: '/nothing-here', required: false },
  };
  const { second } = aggregate;
  gateway = await createGateway([
    { name: 'both', public: true, request: { query: ['q'] }, match: { path: '/{name}' }, aggregate },
    { name: 'kept', public: true, cache: 'shared', aggregate: { second, again: second } },
    { name: 'needed', public: true, aggregate: { second, gone: { ...aggregate.gone, required: true } } },
    { name: 'ours', aggregate: { second } },
  ]);
});
afterAll(() => Promise.all([gateway.close(), echo.close(), origin.close()]));

const url = (path: string): string => `${gateway.url}/gateway${path}`;

describe('an aggregate route of the gateway', () => {
  it('answers with what all its upstreams say, and names what is missing', async () => {
    const answer = await ask(url('/both/mr%20mime'));
    expect(answer.status).toBe(200);
    expect(answer.text).toMatch(/^\{"second":\{"kept":1\.10\},"first":\{.*\},"gone":null,"missing":\["gone"\]\}$/s);
    expect(echo.requests.at(-1)?.url).toBe('/echo/mr%20mime/x');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('is kept as its upstreams allow', async () => {
    await ask(url('/kept'));
    const answer = await ask(url('/kept'), { method: 'HEAD' });
    expect(answer.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/);
    expect(answer.headers.get('cache-status')).toMatch(/hit.*hit/);
    expect((await ask(url('/kept'), { headers: { 'if-none-match': answer.headers.get('etag')! } })).status).toBe(304);
  });

  it('is not there without what it needs', async () =>
    expect(await askForProblem(url('/needed'))).toMatchObject({ status: 404, code: 'not_found' }));

  it('is for those who may enter', async () =>
    expect(await askForProblem(url('/ours'))).toMatchObject({ status: 401, code: 'unauthorized' }));

  it('passes on the query, as far as the route takes it', async () => {
    await ask(url('/both/a?q=%20&q'));
    expect(echo.requests.at(-1)?.url).toBe('/echo/a/x?q=%20&q');
    const { code, errors } = await askForProblem(url('/both/a?q=1&p=2'));
    expect([code, errors?.[0]?.field]).toEqual(['invalid_request', 'p']);
  });

  it('answers GET and HEAD only', async () => {
    const answer = await ask(url('/both/a'), { method: 'POST', body: '{}' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it.each(['..', '%2e%2e', '.', 'a%2fb', 'a%5cb', '%00'])('takes no upstream to another path by %s', async (name) => {
    const before = echo.received;
    expect((await askRaw(gateway.url, `/gateway/both/${name}`)).status).toBe(400);
    expect(echo.received).toBe(before);
  });
});

it('is logged as answered, by its pattern', async () => {
  const { missing } = jsonOf<{ missing: string[] }>(await ask(url('/both/secret-name')));
  expect(missing).toEqual(['gone']);
  expect(gateway.logLines.join('')).not.toContain('secret-name');
});
