import { describe, expect, it } from '@jest/globals';
import {
  AggregationTemporality,
  MeterProvider,
  MetricReader,
  type HistogramMetricData,
  type MetricData,
} from '@opentelemetry/sdk-metrics';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { HistogramProducer } from './histogram-producer.ts';
import { Histograms } from './histograms.ts';
import { BOUNDS_S } from './seconds-tally.ts';

const { CUMULATIVE, DELTA } = AggregationTemporality;

class Reader extends MetricReader {
  constructor(temporality: AggregationTemporality, histograms: Histograms) {
    const metricProducers = [new HistogramProducer(histograms, temporality)];
    super({ aggregationTemporalitySelector: () => temporality, metricProducers });
  }

  async read(): Promise<MetricData[]> {
    const { resourceMetrics } = await this.collect();
    return resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics);
  }

  protected override onShutdown = (): Promise<void> => Promise.resolve();
  protected override onForceFlush = (): Promise<void> => Promise.resolve();
}

/** The same is recorded by us as `ours`, and by the SDK as `theirs`. */
const setUp = (...temporalities: AggregationTemporality[]) => {
  const clock = new FakeClock();
  const histograms = new Histograms(clock);
  const readers = temporalities.map((temporality) => new Reader(temporality, histograms));
  const meter = new MeterProvider({ readers }).getMeter('breakwater');
  const ours = histograms.create('ours', 'How long', ['shore', 'height']);
  const advice = { explicitBucketBoundaries: [...BOUNDS_S] };
  const theirs = meter.createHistogram('theirs', { unit: 's', description: 'How long', advice });
  const record = (seconds: number, shore: string, height?: number): void => {
    ours.series(shore, height).record(seconds);
    theirs.record(seconds, { shore, ...(height !== undefined && { height }) });
  };
  return { clock, readers, record };
};

/** All that is told of it but its name and its times, nor what the SDK alone wants to know. */
const contentOf = (metrics: readonly MetricData[], name: string) =>
  metrics
    .filter(({ descriptor }) => descriptor.name === name)
    .map(({ descriptor: { description, unit, valueType }, dataPoints, ...metric }) => ({
      ...{ ...metric, description, unit, valueType },
      dataPoints: dataPoints.map(({ attributes, value }) => ({ attributes, value })),
    }));

const pointsOf = (metrics: readonly MetricData[]) =>
  (metrics as HistogramMetricData[])
    .filter(({ descriptor }) => descriptor.name === 'ours')
    .flatMap(({ dataPoints }) => dataPoints);

describe.each([
  ['sums', CUMULATIVE],
  ['deltas', DELTA],
])('HistogramProducer, asked for %s', (_what, temporality) => {
  it('tells what the SDK would tell', async () => {
    // No sum of these depends on their order.
    const { readers, record } = setUp(temporality, CUMULATIVE);
    const rounds = [() => undefined, () => record(0.375, 'north', 7), () => undefined, () => record(0.125, 'south')];
    for (const round of rounds) {
      for (const seconds of [0.25, 12, 0.00390625, 31]) record(seconds, 'north', 7);
      round();
      for (const reader of readers) {
        const metrics = await reader.read();
        expect(contentOf(metrics, 'ours')).toEqual(contentOf(metrics, 'theirs'));
        expect(pointsOf(metrics).length).toBeGreaterThan(0);
      }
    }
  });

  it('tells nothing while there is nothing', async () => {
    const { readers } = setUp(temporality);
    expect((await readers[0]!.collect()).resourceMetrics.scopeMetrics).toEqual([]);
  });
});

const START_S = Date.UTC(2026, 0, 1) / 1_000;

describe('HistogramProducer', () => {
  it('tells sums since the series began', async () => {
    const { clock, readers, record } = setUp(CUMULATIVE);
    record(1, 'north');
    await clock.advance(1_500);
    const [first] = pointsOf(await readers[0]!.read());
    expect([first?.startTime, first?.endTime]).toEqual([
      [START_S, 0],
      [START_S + 1, 500_000_000],
    ]);
    await clock.advance(1_500);
    const [second] = pointsOf(await readers[0]!.read());
    expect([second?.startTime, second?.endTime, second?.value.count]).toEqual([[START_S, 0], [START_S + 3, 0], 1]);
  });

  it('tells deltas since they were told last, and not again', async () => {
    const { clock, readers, record } = setUp(DELTA);
    record(1, 'north');
    await clock.advance(1_000);
    await readers[0]!.read();
    expect(pointsOf(await readers[0]!.read())).toEqual([]);
    record(2, 'north');
    await clock.advance(1_000);
    const [point] = pointsOf(await readers[0]!.read());
    expect([point?.startTime, point?.endTime]).toEqual([
      [START_S + 1, 0],
      [START_S + 2, 0],
    ]);
    expect(point?.value).toMatchObject({ count: 1, sum: 2, min: 2, max: 2 });
  });

  it('hands out what does not change any more', async () => {
    const { readers, record } = setUp(CUMULATIVE);
    record(1, 'north');
    const [point] = pointsOf(await readers[0]!.read());
    record(1, 'north');
    expect(point?.value.buckets.counts.reduce((sum, count) => sum + count)).toBe(1);
  });
});
