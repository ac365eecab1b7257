import type { Attributes, SpanKind } from '@opentelemetry/api';
import type { Sample } from '../context/trace-context.ts';

/** One piece of work that is over. Ids are hex digits as in `traceparent`; times are ms. */
export interface SpanRecord {
  readonly name: string;
  readonly kind: SpanKind;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
  /** On the clock's monotonic scale. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly attributes: Attributes;
  /** Why it failed, in words; absent when it did not. */
  readonly failure?: string | undefined;
  /** What it goes back to, in other traces. */
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
}

/**
 * Where spans go: to OTLP where an endpoint is set, else nowhere. Spans are made when what they tell of is over, from the
 * records that are kept anyway: nothing is done for them while a request is under way.
 */
export abstract class Tracing {
  /** False: no span goes anywhere, and nobody need make one. */
  abstract readonly isOn: boolean;

  /** Which traces are recorded; undefined when none are. */
  abstract readonly sample: Sample | undefined;

  /** Takes a span of a sampled trace. Never throws, never waits; drops what it has no room for. */
  abstract record(span: SpanRecord): void;
}
