import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import type { Log } from '../logging/log.ts';
import type { OtlpTarget } from './otlp-target.ts';
import type { TelemetryOptions } from './telemetry.config.ts';
import { MAX_OBSERVED } from './current-gauges.ts';
import { ToldMetricsExporter } from './told-metrics-exporter.ts';

/** Sends all metrics to a collector, again and again. Its timer keeps no process alive. */
export const openPeriodicExport = (
  { metricExportIntervalMs }: TelemetryOptions,
  { url, headers, timeoutMs }: OtlpTarget,
  log: Log,
): PeriodicExportingMetricReader => {
  // One export is over before the next begins.
  const timeoutMillis = Math.min(timeoutMs, metricExportIntervalMs);
  return new PeriodicExportingMetricReader({
    exporter: new ToldMetricsExporter(new OTLPMetricExporter({ url, headers, timeoutMillis }), log),
    exportIntervalMillis: metricExportIntervalMs,
    exportTimeoutMillis: timeoutMillis,
    cardinalityLimits: { observableCounter: MAX_OBSERVED, observableGauge: MAX_OBSERVED },
  });
};
