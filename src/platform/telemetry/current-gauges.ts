import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { AggregationTemporality, InstrumentType } from '@opentelemetry/sdk-metrics';

/**
 * Gauges that are observed tell of what there is now. Asked for "cumulative" ones the SDK repeats for ever what was observed of
 * something that is gone: a provider, a topic, a store. Of "delta" ones it does not, and a gauge has no other difference.
 */
export const toTemporality = (
  type: InstrumentType,
  ofOthers = AggregationTemporality.CUMULATIVE,
): AggregationTemporality => (type === InstrumentType.OBSERVABLE_GAUGE ? AggregationTemporality.DELTA : ofOthers);

/**
 * Series that one observed instrument may have in the life of a process: what the cache did for 1,200 providers, say. Beyond them the
 * SDK puts them into one of `otel.metric.overflow`; of its own accord it does so beyond 2,000.
 */
export const MAX_OBSERVED = 12_000;

/** What `/metrics` reads. Not to be asked twice at a time: what one has been told of gauges the other is not. */
export class CurrentExporter extends PrometheusExporter {
  override selectAggregationTemporality(type: InstrumentType): AggregationTemporality {
    return toTemporality(type);
  }

  override selectCardinalityLimit(type: InstrumentType): number {
    return type.startsWith('OBSERVABLE_') ? MAX_OBSERVED : super.selectCardinalityLimit(type);
  }
}
