import type { Clock } from '../clock.ts';
import type { Log } from '../logging/log.ts';
import { Histograms } from './histograms.ts';
import type { Metrics } from './metrics.ts';
import { NoMetrics } from './no-metrics.ts';
import { isScraped, toOtlpTarget, type OtlpTarget } from './otlp-target.ts';
import { resourceAttributes } from './resource.ts';
import type { ExportParts } from './periodic-export.ts';
import type { TelemetryOptions } from './telemetry.config.ts';

export interface MetricsParts {
  readonly clock: Clock;
  readonly log: Log;
}

export interface StoppableMetrics extends Metrics {
  /** Sends what was measured last; a collector that takes too long gets no more than 2 s. Never rejects. */
  shutdown(): Promise<void>;
}

/** Loads OpenTelemetry's SDK only where metrics go somewhere: that takes a tenth of a second and some memory. */
export const createMetrics = async (options: TelemetryOptions, parts: MetricsParts): Promise<StoppableMetrics> => {
  const target = toOtlpTarget(options, 'metrics');
  if (target === undefined && !isScraped(options)) return new NoMetrics();
  const { OtelMetrics } = await import('./otel-metrics.ts');
  const all = { ...parts, histograms: new Histograms(parts.clock) };
  const exporter = target && (await openExport(options, target, all));
  return new OtelMetrics({ ...all, exporter, isScraped: isScraped(options), resource: resourceAttributes(options) });
};

const openExport = async (options: TelemetryOptions, target: OtlpTarget, parts: ExportParts) => {
  const { openPeriodicExport } = await import('./periodic-export.ts');
  return openPeriodicExport(options, target, parts);
};
