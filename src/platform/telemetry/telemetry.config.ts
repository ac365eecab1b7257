import { defineConfig } from '../config/define-config.ts';
import { BaseUrl, Fraction, ListOf, OneOf, SecretText, Text, WholeNumber } from '../config/variables.ts';
import { HOUR_MS } from '../durations.ts';
import type { Secret } from '../secret.ts';
import { checkTelemetry } from './check-telemetry.ts';
import { HEADER_PAIRS, isResourceAttribute } from './pairs.ts';

const METRICS_EXPORTERS = ['prometheus', 'otlp', 'none'] as const;
export type MetricsExporter = (typeof METRICS_EXPORTERS)[number];

const TRACES_EXPORTERS = ['otlp', 'none'] as const;
export type TracesExporter = (typeof TRACES_EXPORTERS)[number];

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
export type Sampler = (typeof SAMPLERS)[number];

export const DEFAULT_SERVICE_NAME = 'breakwater';

const isExporter = (item: string): boolean => METRICS_EXPORTERS.includes(item as MetricsExporter);

/** What is measured and traced, and where it goes: OpenTelemetry's own variables, with its own defaults. */
export class TelemetryOptions {
  /** `true`: nothing is measured or traced, whatever else is set. Default false. */
  @OneOf(['true', 'false'])
  sdkDisabled: 'true' | 'false' = 'false';

  /** What we are called where metrics and traces of many services come together. Default breakwater. */
  @Text(/^[\x21-\x7e]([\x20-\x7e]{0,126}[\x21-\x7e])?$/, 'give a name of printable ASCII characters, 128 at most')
  serviceName = DEFAULT_SERVICE_NAME;

  /** What else is told of this process, as `name=value`, percent-encoded. Default nothing. */
  @ListOf(isResourceAttribute, 'give name=value pairs separated by commas, values percent-encoded')
  resourceAttributes: string[] = [];

  /** Where metrics go. Default `prometheus`, and `otlp` where an endpoint is set for them. */
  @ListOf(isExporter, `give one or more of ${METRICS_EXPORTERS.join(', ')}, separated by commas`)
  metricsExporter?: MetricsExporter[];

  /** Where traces go. Default `otlp` where an endpoint is set for them, else `none`. */
  @OneOf(TRACES_EXPORTERS)
  tracesExporter?: TracesExporter;

  /** Where OTLP goes over HTTP: `/v1/metrics` and `/v1/traces` are added. Default none. */
  @BaseUrl('EXPORTER_OTLP_ENDPOINT')
  endpoint?: string;

  /** Where metrics go instead, as it stands. Default none. */
  @BaseUrl('EXPORTER_OTLP_METRICS_ENDPOINT')
  metricsEndpoint?: string;

  /** Where traces go instead, as it stands. Default none. */
  @BaseUrl('EXPORTER_OTLP_TRACES_ENDPOINT')
  tracesEndpoint?: string;

  /** Headers sent there, as `name=value`, percent-encoded: a collector's credentials. Default none. */
  @SecretText(3, HEADER_PAIRS, 'give name=value pairs separated by commas, values percent-encoded')
  exporterOtlpHeaders?: Secret;

  /** Longest one export may take, retries included, in ms. Default 10,000. */
  @WholeNumber(1, HOUR_MS, 'EXPORTER_OTLP_TIMEOUT')
  exportTimeoutMs = 10_000;

  /** How often metrics are sent, in ms. Default 60,000. */
  @WholeNumber(100, HOUR_MS, 'METRIC_EXPORT_INTERVAL')
  metricExportIntervalMs = 60_000;

  /** Which traces are recorded. Default parentbased_always_on: as the caller decided, else all. */
  @OneOf(SAMPLERS)
  tracesSampler: Sampler = 'parentbased_always_on';

  /** Share of the traces that `traceidratio` records. Default 1. */
  @Fraction(0, 1)
  tracesSamplerArg = 1;

  /** Longest a span waits until it is sent, in ms. Default 5,000. */
  @WholeNumber(1, HOUR_MS, 'BSP_SCHEDULE_DELAY')
  spanDelayMs = 5_000;

  /** Longest one batch of spans may take to be sent, in ms. Default 30,000. */
  @WholeNumber(1, HOUR_MS, 'BSP_EXPORT_TIMEOUT')
  spanTimeoutMs = 30_000;

  /** Spans that wait to be sent; what comes on top is dropped. Default 2,048. */
  @WholeNumber(1, 1_000_000, 'BSP_MAX_QUEUE_SIZE')
  maxQueuedSpans = 2_048;

  /** Spans sent at once. Default 512. */
  @WholeNumber(1, 1_000_000, 'BSP_MAX_EXPORT_BATCH_SIZE')
  maxSpansInBatch = 512;
}

export const telemetryConfig = defineConfig('telemetry', {
  type: TelemetryOptions,
  prefix: 'OTEL_',
  check: checkTelemetry,
});
