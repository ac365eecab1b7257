import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ProviderVitals } from '../../../src/operations/vitals/provider-vitals.ts';
import { CallReceipts } from '../../../src/outbound/index.ts';
import { Metrics } from '../../../src/platform/telemetry/metrics.ts';
import { accessLineOf } from '../../support/access-log.ts';
import { ask } from '../../support/ask.ts';
import { callAs } from '../../support/caller.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { createGateway } from '../../support/gateway-app.ts';
import { parseSamples } from '../../support/measuring.ts';
import { probe } from '../../support/probe.module.ts';
import { startEcho } from '../../upstreams/echo.stand-in.ts';
import { listenLocally } from '../../upstreams/stand-in.ts';

/** Answers when it is told to, with what may be stored. */
const startWaiting = async () => {
  const waiting: (() => void)[] = [];
  const server = createServer((_request, response) => {
    const headers = { 'content-type': 'application/json', 'cache-control': 'max-age=60' };
    waiting.push(() => response.writeHead(200, headers).end('{}'));
  });
  const { port, close } = await listenLocally(server);
  return { url: `http://127.0.0.1:${port}`, close, waiting };
};

const requestsOf = async ({ app }: TestApp): Promise<Record<string, string | number>[]> =>
  parseSamples(await app.get(Metrics).scrape())
    .filter(({ name }) => name === 'http_client_request_duration_seconds_count')
    .map(({ labels, value }) => ({ ...labels, value }));

describe('a request whose first caller left, and that was answered for another', () => {
  let upstream: Awaited<ReturnType<typeof startWaiting>>;
  let breakwater: TestApp;
  beforeEach(async () => {
    upstream = await startWaiting();
    breakwater = await createApp({ imports: [probe('shared', { baseUrl: upstream.url })] });
  });
  afterEach(async () => {
    await breakwater.close();
    await upstream.close();
  });

  const callShared = (id: string) => callAs(`${breakwater.url}/api/v1/probe/shared/thing`, { 'x-request-id': id });

  const underWay = (): number =>
    [...breakwater.app.get(CallReceipts).underWay].filter(({ isShared }) => !isShared).length;

  it('is measured once, when it is over, and told of to the one who left as far as it went', async () => {
    const first = callShared('first');
    await eventually(() => expect(upstream.waiting).toHaveLength(1));
    const other = callShared('other');
    await eventually(() => expect(underWay()).toBe(2));
    await first.hangUp();
    const { status, upstreamMs, upstreamCalls } = await accessLineOf(breakwater, 'first');
    expect([status, upstreamCalls, upstreamMs > 0]).toEqual([499, 1, true]);
    upstream.waiting[0]!();
    expect(await other.ended).toBe(200);
    expect(await requestsOf(breakwater)).toMatchObject([{ http_response_status_code: '200', value: 1 }]);
    const { lately } = breakwater.app.get(ProviderVitals).of('shared');
    expect(lately).toMatchObject({ calls: 2, attempts: 1, failedAttempts: 0, latency: { p50Ms: expect.any(Number) } });
    expect(breakwater.logLines.filter((line) => line.includes('negative'))).toEqual([]);
  });

  it('is measured, too, when nobody was left', async () => {
    const alone = callShared('alone');
    await eventually(() => expect(upstream.waiting).toHaveLength(1));
    await alone.hangUp();
    await eventually(() => expect(breakwater.receipts).toMatchObject([{ attempts: [{ code: 'cancelled' }] }]));
    expect(await requestsOf(breakwater)).toMatchObject([{ error_type: 'cancelled', value: 1 }]);
  });
});

describe('a server that another one stands in for', () => {
  const CALLS = 24;

  it('is told of by metrics and by health', async () => {
    const [good, dead] = [await startEcho(), await startEcho()];
    await dead.close();
    const endpoints = [good.url, dead.url];
    const gateway = await createGateway([{ name: 'pair', public: true, target: { endpoints } }]);
    for (let call = 0; call < CALLS; call += 1)
      expect((await ask(`${gateway.url}/gateway/pair/echo`)).status).toBe(200);
    const { servers, lately } = gateway.app.get(ProviderVitals).of('gateway.pair');
    const [well, failed] = endpoints.map((url) => servers.find(({ id }) => id === url));
    expect([well!.attempts, well!.failedAttempts, lately.attempts, lately.failedAttempts]).toEqual([
      CALLS,
      0,
      CALLS,
      0,
    ]);
    expect(failed).toMatchObject({ lastError: { code: 'upstream_unreachable', reason: 'ECONNREFUSED' } });
    expect(failed!.failedAttempts).toBeGreaterThan(0);
    const unreachable = (await requestsOf(gateway)).filter(({ error_type }) => error_type === 'upstream_unreachable');
    expect(unreachable).toMatchObject([{ server_port: new URL(dead.url).port, value: failed!.failedAttempts }]);
    await gateway.close();
    await good.close();
  });
});
