import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { captureLog, type CapturedLog } from '../../../test/support/captured-log.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { attributeOf, startOtlpReceiver, type OtlpReceiver } from '../../../test/support/otlp-receiver.ts';
import { Secret } from '../secret.ts';
import { createMetrics, type StoppableMetrics } from './create-metrics.ts';
import { TelemetryOptions } from './telemetry.config.ts';

const HOUR_MS = 3_600_000;

let collector: OtlpReceiver;
let clock: FakeClock;
let captured: CapturedLog;
let metrics: StoppableMetrics;

beforeEach(async () => {
  collector = await startOtlpReceiver();
  clock = new FakeClock();
  captured = captureLog();
});
afterEach(async () => {
  collector.behave('accept');
  await collector.close();
});

const open = async (options: Partial<TelemetryOptions> = {}): Promise<void> => {
  const told = Object.assign(new TelemetryOptions(), { endpoint: collector.url }, options);
  metrics = await createMetrics(told, { clock, log: captured.log });
  metrics.meter.createCounter('waves').add(3);
};

const sumsOf = (histogram: string): unknown[] =>
  collector
    .metrics()
    .filter(({ name }) => name === histogram)
    .flatMap((metric) => (metric['histogram'] as { dataPoints: { sum: number }[] }).dataPoints.map(({ sum }) => sum));

const said = (text: string): string[] => captured.lines.filter((line) => line.includes(text));

describe('a stop', () => {
  it('waits 2 s at most for a collector that hangs, and not until the export gives up', async () => {
    collector.behave('hang');
    await open({ metricExportIntervalMs: HOUR_MS, exportTimeoutMs: 5_000 });
    const stopped = metrics.shutdown().then(() => 'stopped');
    await eventually(() => expect(collector.arrivals()).toBe(1));
    expect(clock.pending).toBe(1);
    await clock.advance(2_000);
    expect(await stopped).toBe('stopped');
    // Which it does after 5 s.
    expect(said('cannot be exported')).toEqual([]);
  });

  it('does not wait any longer than the collector takes, and sends what came last', async () => {
    await open({ metricExportIntervalMs: HOUR_MS });
    await metrics.shutdown();
    expect(collector.metrics().map(({ name }) => name)).toEqual(['waves']);
    expect(clock.pending).toBe(0);
  });
});

describe('metrics that are exported', () => {
  it('go where they are told to, with the headers, and say who sends them', async () => {
    await open({ metricExportIntervalMs: 100, exporterOtlpHeaders: new Secret('x-tenant=north%2Csouth') });
    await eventually(() => expect(collector.requests.length).toBeGreaterThan(1));
    const [{ path, headers, body }] = collector.requests as [OtlpReceiver['requests'][number]];
    expect([path, headers['x-tenant']]).toEqual(['/v1/metrics', 'north,south']);
    expect(attributeOf(body.resourceMetrics![0]!.resource.attributes, 'service.name')).toBe('breakwater');
    expect(await metrics.scrape()).toContain('waves_total 3');
    await metrics.shutdown();
    expect(captured.lines).toEqual([]);
  });

  it.each(['refuse', 'reset'] as const)('are said once to be lost, and once not to be: %s', async (manner) => {
    collector.behave(manner);
    await open({ metricExportIntervalMs: 100, exporterOtlpHeaders: new Secret('x-tenant=q7VtX2mKr9zLw4') });
    await eventually(() => expect(collector.arrivals()).toBeGreaterThan(3));
    await eventually(() => expect(said('cannot be exported').length).toBe(1));
    collector.behave('accept');
    await eventually(() => expect(said('exported again').length).toBe(1));
    expect(said('cannot be exported').length).toBe(1);
    expect(captured.lines.join('')).not.toContain('q7VtX2mKr9zLw4');
    await metrics.shutdown();
  });

  it('are sums, or what came since the last time where the environment asks for that', async () => {
    process.env['OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE'] = 'delta';
    await open({ metricExportIntervalMs: 100 });
    delete process.env['OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE'];
    const series = metrics.histograms.create('swell', 'How long', ['shore']).series('north');
    for (const seconds of [1, 2, 4]) {
      series.record(seconds);
      await eventually(() => expect(sumsOf('swell').at(-1)).toBe(seconds));
    }
    expect(await metrics.scrape()).toContain('swell_seconds_sum{shore="north"} 7');
    await metrics.shutdown();
    expect(sumsOf('swell')).toEqual([1, 2, 4]);
  });

  it('are not kept for /metrics when they go there alone', async () => {
    await open({ metricsExporter: ['otlp'] });
    expect([metrics.isOn, await metrics.scrape()]).toEqual([true, '']);
    await metrics.shutdown();
  });
});
