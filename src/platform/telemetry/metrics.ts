import type { Meter } from '@opentelemetry/api';

/**
 * What is measured: for Prometheus at `/metrics`, and for OTLP where an endpoint is set. Names and units are those of
 * OpenTelemetry's semantic conventions; what those do not know is named `breakwater.…`. Attributes take their values from
 * the code, the configuration and routes' templates only, never from a request: that is what bounds the number of series.
 * Beyond 2,000 new ones between two collections the SDK puts what comes into one of `otel.metric.overflow`; what is observed
 * when it is collected may have more (`MAX_OBSERVED`).
 */
export abstract class Metrics {
  /** False: nothing is measured, and who would have to count or listen for it need not. */
  abstract readonly isOn: boolean;

  /** Where instruments are made; they do nothing when nothing is measured. */
  abstract readonly meter: Meter;

  /** All that is known, in Prometheus's text format. */
  abstract scrape(): Promise<string>;
}
