import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { plainly, startOtlpReceiver, type OtlpReceiver } from '../../support/otlp-receiver.ts';

let collector: OtlpReceiver;
beforeEach(async () => {
  collector = await startOtlpReceiver();
});
afterEach(async () => {
  collector.behave('accept');
  await collector.close();
});

const start = (env: Record<string, string> = {}): Promise<TestApp> =>
  createApp({
    env: {
      POKEAPI_URL: 'off',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_TRACES_EXPORTER: 'none',
      OTEL_METRIC_EXPORT_INTERVAL: '200',
      ...env,
    },
  });

interface Point {
  readonly attributes: Parameters<typeof plainly>[0]['attributes'];
  readonly count: number;
}

const requestsOf = (route: string): Point[] => {
  const durations = collector.metrics().filter(({ name }) => name === 'http.server.request.duration');
  const points = durations.flatMap(({ histogram }) => (histogram as { dataPoints: Point[] }).dataPoints);
  return points.filter((point) => plainly(point)['http.route'] === route);
};

const told = ({ logLines }: TestApp): string[] =>
  logLines.filter((line) => line.includes('Metrics cannot be exported'));

describe('a collector', () => {
  it('is sent all metrics, again and again', async () => {
    const breakwater = await start();
    await ask(`${breakwater.url}/health/live`);
    await eventually(() => expect(requestsOf('/health/live').length).toBeGreaterThan(1));
    expect(plainly(requestsOf('/health/live')[0]!)).toEqual({
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'http.route': '/health/live',
      'url.scheme': 'http',
    });
    const names = new Set(collector.metrics().map(({ name }) => name));
    for (const name of ['process.cpu.time', 'nodejs.eventloop.utilization', 'v8js.memory.heap.used'])
      expect(names).toContain(name);
    await breakwater.close();
  });

  it('is sent what was measured last when the application stops', async () => {
    const breakwater = await start({ OTEL_METRIC_EXPORT_INTERVAL: '3600000' });
    await ask(`${breakwater.url}/health/live`);
    await breakwater.close();
    expect(requestsOf('/health/live').length).toBe(1);
    expect(collector.arrivals()).toBe(1);
  });

  it('is sent nothing when all is switched off', async () => {
    const breakwater = await start({ OTEL_SDK_DISABLED: 'true' });
    await ask(`${breakwater.url}/health/live`);
    await breakwater.close();
    expect(collector.arrivals()).toBe(0);
  });

  it('that hangs holds up no request, and no stop until the export gives up', async () => {
    collector.behave('hang');
    const breakwater = await start({ OTEL_EXPORTER_OTLP_TIMEOUT: '6000', OTEL_METRIC_EXPORT_INTERVAL: '3600000' });
    expect((await ask(`${breakwater.url}/health/live`)).status).toBe(200);
    await breakwater.close();
    expect([collector.arrivals(), told(breakwater)]).toEqual([1, []]);
    await eventually(() => expect(told(breakwater).length).toBe(1), 30_000);
  });

  it('that is not there costs one line of the log', async () => {
    await collector.close();
    const breakwater = await start();
    await eventually(() => expect(told(breakwater).length).toBe(1));
    await breakwater.close();
    expect(told(breakwater)).toEqual([expect.stringContaining('"level":"warn"')]);
    expect(told(breakwater)[0]).toContain('ECONNREFUSED');
    collector = await startOtlpReceiver();
  });
});
