import { afterEach, describe, expect, it } from '@jest/globals';
import { ask, problemOf, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { startFaultServer, type FaultServer } from '../../upstreams/fault-server.ts';

const TOKEN = 'a-token-for-operators-only';

let breakwater: TestApp;
afterEach(() => breakwater.close());

const start = async (env: Record<string, string> = {}): Promise<void> => {
  breakwater = await createApp({ env: { OPS_TOKEN: TOKEN, POKEAPI_URL: 'off', ...env } });
};

const scrape = (headers: Record<string, string> = {}): Promise<Answer> =>
  ask(`${breakwater.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}`, ...headers } });

const linesOf = async (text: string): Promise<string[]> =>
  (await scrape()).text.split('\n').filter((line) => line.includes(text));

describe('GET /metrics, without being an operator', () => {
  it.each([{}, { authorization: `Bearer ${TOKEN}x` }, { authorization: 'Bearer ' }, { cookie: `console=${TOKEN}` }])(
    'is a problem that tells nothing: %j',
    async (headers) => {
      await start();
      const answer = await ask(`${breakwater.url}/metrics`, { headers });
      expect(problemOf(answer)).toMatchObject({ status: 401, code: 'unauthorized', instance: '/metrics' });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.text).not.toMatch(/_total|_seconds|http_server|pokeapi/);
    },
  );

  it('tells nothing of whether there are metrics', async () => {
    await start({ OTEL_SDK_DISABLED: 'true' });
    expect((await ask(`${breakwater.url}/metrics`)).status).toBe(401);
  });
});

describe('GET /metrics, when metrics are not kept', () => {
  it.each([{ OTEL_SDK_DISABLED: 'true' }, { OTEL_METRICS_EXPORTER: 'none' }])(
    'says how to keep them: %j',
    async (env) => {
      await start(env);
      const answer = await scrape();
      expect(problemOf(answer)).toMatchObject({ status: 404, code: 'not_found' });
      expect(problemOf(answer).detail).toMatch(/prometheus.*OTEL_METRICS_EXPORTER.*OTEL_SDK_DISABLED/);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    },
  );
});

describe('GET /metrics', () => {
  it('is in the text format of Prometheus, and nobody keeps it', async () => {
    await start();
    const { status, headers, text } = await scrape({ accept: 'application/openmetrics-text; version=1.0.0,*/*;q=0.1' });
    expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(headers.get('cache-control')).toBe('no-store');
    for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^(# |[a-z][a-z\d_]*(\{.*\})? \S+$|$)/);
    expect(text).toMatch(/^# TYPE http_server_active_requests gauge$/m);
    expect(text).toMatch(/^process_uptime_seconds \d/m);
    expect(text).toMatch(/^nodejs_eventloop_utilization_ratio \d/m);
    expect(text.endsWith('\n')).toBe(true);
  });

  it('is compressed for who takes that', async () => {
    await start();
    const { headers, text } = await scrape({ 'accept-encoding': 'gzip' });
    expect(headers.get('content-encoding')).toBe('gzip');
    expect(text).toContain('process_uptime_seconds');
  });

  it('answers two at once, with the same', async () => {
    await start();
    await scrape();
    const both = await Promise.all([
      linesOf('process_cpu_time_seconds_total{'),
      linesOf('process_cpu_time_seconds_total{'),
    ]);
    expect(both.map((lines) => lines.length)).toEqual([2, 2]);
  });

  it('counts itself, and probes, by their routes', async () => {
    await start();
    await scrape();
    await ask(`${breakwater.url}/health/live`);
    for (const route of ['/metrics', '/health/live']) {
      const count = expect.stringMatching(`^http_server_request_duration_seconds_count.*http_route="${route}"`);
      await eventually(async () => expect(await linesOf('http_route')).toContainEqual(count));
    }
  });
});

describe('a request that an upstream fails', () => {
  let upstream: FaultServer;
  afterEach(() => upstream.close());

  it('is measured with the code of its problem', async () => {
    upstream = await startFaultServer();
    await start({ POKEAPI_URL: `${upstream.url}/status/500`, POKEAPI_MAX_ATTEMPTS: '1' });
    const { code } = problemOf(await ask(`${breakwater.url}/api/v1/getCharizard`));
    // It is over when the server has seen the last of it go.
    await eventually(async () => {
      const [count] = await linesOf('http_server_request_duration_seconds_count{');
      expect(count).toContain(`http_route="/api/v1/getCharizard",error_type="${code}"`);
    });
  });
});
