import type { Meter } from '@opentelemetry/api';
import type { Histograms } from './histograms.ts';

/**
 * What is measured: for Prometheus at `/metrics`, and for OTLP where an endpoint is set. Names and units are those of
 * OpenTelemetry's semantic conventions; what those do not know is named `breakwater.…`. Attributes take their values from
 * the code, the configuration and routes' templates only, never from a request: that is what bounds the number of series.
 * Beyond 2,000 new ones between two collections the SDK puts what comes into one of `otel.metric.overflow`; histograms, and what
 * is observed when it is collected, may have more (`MAX_SERIES`).
 */
export abstract class Metrics {
  /** False: nothing is measured, and who would have to count or listen for it need not. */
  abstract readonly isOn: boolean;

  /** Where instruments are made; they do nothing when nothing is measured. */
  abstract readonly meter: Meter;

  /** Where durations are kept: the meter's own histograms take too long to be used for each request. */
  abstract readonly histograms: Histograms;

  /** All that is known, in Prometheus's text format. */
  abstract scrape(): Promise<string>;
}
