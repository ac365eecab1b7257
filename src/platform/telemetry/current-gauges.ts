import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { AggregationTemporality, InstrumentType } from '@opentelemetry/sdk-metrics';
import { HistogramProducer } from './histogram-producer.ts';
import type { Histograms } from './histograms.ts';
import { MAX_SERIES } from './max-series.ts';

/**
 * Gauges that are observed tell of what there is now. Asked for "cumulative" ones the SDK repeats for ever what was observed of
 * something that is gone: a provider, a topic, a store. Of "delta" ones it does not, and a gauge has no other difference.
 */
export const toTemporality = (
  type: InstrumentType,
  ofOthers = AggregationTemporality.CUMULATIVE,
): AggregationTemporality => (type === InstrumentType.OBSERVABLE_GAUGE ? AggregationTemporality.DELTA : ofOthers);

/** What `/metrics` reads. Not to be asked twice at a time: what one has been told of gauges the other is not. */
export class CurrentExporter extends PrometheusExporter {
  constructor(histograms: Histograms) {
    const producer = new HistogramProducer(histograms, AggregationTemporality.CUMULATIVE);
    super({ preventServerStart: true, metricProducers: [producer] });
  }

  override selectAggregationTemporality(type: InstrumentType): AggregationTemporality {
    return toTemporality(type);
  }

  override selectCardinalityLimit(type: InstrumentType): number {
    return type.startsWith('OBSERVABLE_') ? MAX_SERIES : super.selectCardinalityLimit(type);
  }
}
