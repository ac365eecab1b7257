import { DataPointType, type MetricData, type ResourceMetrics } from '@opentelemetry/sdk-metrics';

/** What OTLP's way into Prometheus appends; `1` is a ratio only where it is not a count. */
const SUFFIXES: Readonly<Record<string, string>> = { s: 'seconds', By: 'bytes' };

/**
 * Metrics with their units in their names, as OpenTelemetry's Prometheus specification has it and the SDK does not do: so
 * they are called the same, `http_server_request_duration_seconds`, whether they were scraped or came through a collector.
 */
export const withUnits = (collected: ResourceMetrics): ResourceMetrics => ({
  ...collected,
  scopeMetrics: collected.scopeMetrics.map((scope) => ({ ...scope, metrics: scope.metrics.map(withUnit) })),
});

const withUnit = (metric: MetricData): MetricData => {
  const { name } = metric.descriptor;
  const suffix = suffixOf(metric);
  if (suffix === undefined || name.endsWith(suffix)) return metric;
  return { ...metric, descriptor: { ...metric.descriptor, name: `${name}.${suffix}` } };
};

const suffixOf = ({ descriptor: { unit }, dataPointType }: MetricData): string | undefined =>
  unit === '1' && dataPointType === DataPointType.GAUGE ? 'ratio' : SUFFIXES[unit];
