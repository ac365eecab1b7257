import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { InstrumentType, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import type { Log } from '../logging/log.ts';
import type { OtlpTarget } from './otlp-target.ts';
import type { TelemetryOptions } from './telemetry.config.ts';
import { HistogramProducer } from './histogram-producer.ts';
import type { Histograms } from './histograms.ts';
import { MAX_SERIES } from './max-series.ts';
import { ToldMetricsExporter } from './told-metrics-exporter.ts';

export interface ExportParts {
  readonly log: Log;
  readonly histograms: Histograms;
}

/** Sends all metrics to a collector, again and again. Its timer keeps no process alive. */
export const openPeriodicExport = (
  { metricExportIntervalMs }: TelemetryOptions,
  { url, headers, timeoutMs }: OtlpTarget,
  { log, histograms }: ExportParts,
): PeriodicExportingMetricReader => {
  // One export is over before the next begins.
  const timeoutMillis = Math.min(timeoutMs, metricExportIntervalMs);
  const exporter = new ToldMetricsExporter(new OTLPMetricExporter({ url, headers, timeoutMillis }), log);
  return new PeriodicExportingMetricReader({
    exporter,
    metricProducers: [
      new HistogramProducer(histograms, exporter.selectAggregationTemporality(InstrumentType.HISTOGRAM)),
    ],
    exportIntervalMillis: metricExportIntervalMs,
    exportTimeoutMillis: timeoutMillis,
    cardinalityLimits: { observableCounter: MAX_SERIES, observableGauge: MAX_SERIES },
  });
};
