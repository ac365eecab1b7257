import { Tracing, type SpanRecord } from '../../src/platform/telemetry/tracing.ts';

/** Records all traces, and keeps their spans. */
export class RecordedTracing extends Tracing {
  readonly isOn = true;
  readonly spans: SpanRecord[] = [];
  readonly sample = (): boolean => true;

  record(span: SpanRecord): void {
    this.spans.push(span);
  }
}
