import { ValueType, type HrTime } from '@opentelemetry/api';
import { emptyResource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  DataPointType,
  type CollectionResult,
  type DataPoint,
  type Histogram,
  type HistogramMetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';
import type { Histograms } from './histograms.ts';
import type { SecondsHistogram } from './seconds-histogram.ts';
import type { SecondsSeries } from './seconds-series.ts';
import { BOUNDS_S, type SecondsTally } from './seconds-tally.ts';

/** Who measures: the same for what the SDK keeps and for what we keep. */
export const SCOPE = { name: 'breakwater', version: '' };

const MS_IN_S = 1_000;
const NS_IN_MS = 1_000_000;

/** Hands our histograms to one reader of the SDK, as the SDK would its own. */
export class HistogramProducer implements MetricProducer {
  readonly #reader: number;

  constructor(
    private readonly histograms: Histograms,
    private readonly temporality: AggregationTemporality,
  ) {
    this.#reader = histograms.addReader();
  }

  collect(): Promise<CollectionResult> {
    const now = this.histograms.clock.wallTime();
    const metrics = Array.from(this.histograms, (histogram) => this.toMetric(histogram, now));
    const told = metrics.filter(({ dataPoints }) => dataPoints.length > 0);
    const scopeMetrics = told.length === 0 ? [] : [{ scope: SCOPE, metrics: told }];
    return Promise.resolve({ resourceMetrics: { resource: emptyResource(), scopeMetrics }, errors: [] });
  }

  private toMetric(histogram: SecondsHistogram, now: number): HistogramMetricData {
    const { name, description } = histogram;
    const points = Array.from(histogram, (series) => toPoint(series, this.read(series, now), now));
    return {
      descriptor: { name, description, unit: 's', valueType: ValueType.DOUBLE },
      aggregationTemporality: this.temporality,
      dataPointType: DataPointType.HISTOGRAM,
      dataPoints: points.filter(({ value }) => value.count > 0),
    };
  }

  private read(series: SecondsSeries, now: number): SecondsTally {
    const isDelta = this.temporality === AggregationTemporality.DELTA;
    return isDelta ? series.take(this.#reader, now) : series.read(this.#reader);
  }
}

const toPoint = ({ attributes }: SecondsSeries, tally: SecondsTally, now: number): DataPoint<Histogram> => {
  const { count, sum, min, max, counts, since } = tally;
  const buckets = { boundaries: [...BOUNDS_S], counts: [...counts] };
  return { attributes, startTime: toHrTime(since), endTime: toHrTime(now), value: { count, sum, min, max, buckets } };
};

const toHrTime = (ms: number): HrTime => [Math.floor(ms / MS_IN_S), (ms % MS_IN_S) * NS_IN_MS];
