import { afterEach, describe, expect, it } from '@jest/globals';
import { captureLog } from '../../../test/support/captured-log.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { createMetrics, type StoppableMetrics } from './create-metrics.ts';
import { TelemetryOptions } from './telemetry.config.ts';

let metrics: StoppableMetrics;
afterEach(() => metrics.shutdown());

const open = async (options: Partial<TelemetryOptions> = {}): Promise<string[]> => {
  const { log, lines } = captureLog();
  metrics = await createMetrics(Object.assign(new TelemetryOptions(), options), { clock: new FakeClock(), log });
  return lines;
};

const linesOf = async (name: string): Promise<string[]> =>
  (await metrics.scrape()).split('\n').filter((line) => line.startsWith(name));

describe('metrics that go nowhere', () => {
  it.each([{ sdkDisabled: 'true' }, { metricsExporter: ['none'] }] as Partial<TelemetryOptions>[])(
    'are off, and take what they are given: %j',
    async (options) => {
      await open(options);
      metrics.meter.createCounter('waves').add(1, { shore: 'north' });
      expect([metrics.isOn, await metrics.scrape()]).toEqual([false, '']);
    },
  );
});

describe('metrics', () => {
  it('escape what stands in a label', async () => {
    await open();
    metrics.meter.createCounter('waves').add(1, { shore: 'a"b\\c\nd' });
    expect(await linesOf('waves')).toEqual([String.raw`waves_total{shore="a\"b\\c\nd"} 1`]);
  });

  it('bear their unit in their name, as those that come through a collector do', async () => {
    await open();
    metrics.meter.createCounter('tide.time', { unit: 's' }).add(2);
    metrics.meter.createUpDownCounter('water', { unit: 'By' }).add(3);
    metrics.meter.createGauge('foam', { unit: '1' }).record(0.5);
    metrics.meter.createCounter('gulls', { unit: '{gull}' }).add(4);
    metrics.meter.createCounter('parts', { unit: '1' }).add(5);
    expect((await metrics.scrape()).match(/^(tide|water|foam|gulls|parts).*$/gm)).toEqual([
      'tide_time_seconds_total 2',
      'water_bytes 3',
      'foam_ratio 0.5',
      'gulls_total 4',
      'parts_total 5',
    ]);
  });

  it('count durations in buckets of seconds', async () => {
    await open();
    metrics.histograms.create('swell', 'How long', ['shore']).series('north').record(0.02);
    const lines = await linesOf('swell_seconds');
    expect(lines).toContain('swell_seconds_count{shore="north"} 1');
    expect(lines).toContain('swell_seconds_bucket{shore="north",le="0.01"} 0');
    expect(lines).toContain('swell_seconds_bucket{shore="north",le="0.025"} 1');
  });

  it('bear no labels but their own, and say once who measures', async () => {
    await open({ serviceName: 'pier' });
    metrics.meter.createCounter('waves').add(1);
    expect(await linesOf('waves')).toEqual(['waves_total 1']);
    expect(await linesOf('target_info')).toEqual([expect.stringContaining('service_name="pier"')]);
  });

  it('are whole for two who ask at once, and for who asks again', async () => {
    await open();
    metrics.meter.createCounter('waves').add(7);
    const both = await Promise.all([linesOf('waves'), linesOf('waves')]);
    expect([...both, await linesOf('waves')]).toEqual(Array(3).fill(['waves_total 7']));
  });

  it('have 2,000 series at most that are new since they were asked for', async () => {
    await open();
    const waves = metrics.meter.createCounter('waves');
    for (let wave = 0; wave < 3_000; wave++) waves.add(1, { wave });
    const lines = await linesOf('waves');
    expect(lines.length).toBe(2_000);
    expect(lines).toContain('waves_total{otel_metric_overflow="true"} 1001');
  });

  it('are there although one of them cannot be read', async () => {
    await open();
    metrics.meter.createCounter('waves').add(1);
    metrics.meter.createObservableGauge('broken').addCallback(() => {
      throw new Error('out of order');
    });
    expect(await linesOf('waves')).toEqual(['waves_total 1']);
  });

  it('that are made twice in different ways are told of in the log, each way once', async () => {
    const lines = await open();
    for (let time = 0; time < 3; time++) {
      metrics.meter.createCounter('waves', { unit: 's' });
      metrics.meter.createCounter('waves', { unit: 'By' });
    }
    const told = lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
    expect(told[0]).toContain('instrument with the name waves');
    expect(told).toEqual([...new Set(told)]);
  });

  it('tell of a value that is none once, whatever it is, and of what is wrong after that', async () => {
    const lines = await open();
    const swell = metrics.meter.createHistogram('swell');
    for (let value = 1; value <= 60; value++) swell.record(-value - value / 7);
    metrics.meter.createCounter('waves').add(-1);
    const told = lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
    expect(told).toEqual([expect.stringContaining('histogram swell'), expect.stringContaining('counter waves')]);
  });
});
