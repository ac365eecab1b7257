import {
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type HrTime,
  type Link,
  type SpanContext,
  type SpanStatus,
} from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { SpanRecord } from './tracing.ts';
import type { WallTimes } from './wall-times.ts';

const SCOPE = { name: 'breakwater' };

/** Makes of what is over the spans that the SDK exports. */
export class SpanBuilder {
  constructor(
    private readonly resource: Resource,
    private readonly wallTimes: WallTimes,
  ) {}

  build(record: SpanRecord): ReadableSpan {
    return new FinishedSpan(record, this.wallTimes.of(record.startedAt), this.resource);
  }
}

/** Most of it is made when it is exported: a span that finds no room is thrown away as it is. */
class FinishedSpan implements ReadableSpan {
  readonly ended = true;
  readonly events = [];
  readonly instrumentationScope = SCOPE;
  readonly droppedAttributesCount = 0;
  readonly droppedEventsCount = 0;
  readonly droppedLinksCount = 0;
  /** Whoever asks us is somebody else; what we ask for ourselves is ours. */
  readonly parentSpanContext?: SpanContext;
  readonly #context: SpanContext;

  constructor(
    private readonly record: SpanRecord,
    /** Ms since 1970. */
    private readonly startedAt: number,
    readonly resource: Resource,
  ) {
    const { traceId, spanId, parentSpanId, kind } = record;
    this.#context = toContext(traceId, spanId);
    if (parentSpanId !== undefined) this.parentSpanContext = toContext(traceId, parentSpanId, kind === SpanKind.SERVER);
  }

  get name(): string {
    return this.record.name;
  }

  get kind(): SpanKind {
    return this.record.kind;
  }

  get attributes(): SpanRecord['attributes'] {
    return this.record.attributes;
  }

  spanContext(): SpanContext {
    return this.#context;
  }

  get startTime(): HrTime {
    return toHrTime(this.startedAt);
  }

  get endTime(): HrTime {
    return toHrTime(this.startedAt + this.record.durationMs);
  }

  get duration(): HrTime {
    return toHrTime(this.record.durationMs);
  }

  get status(): SpanStatus {
    const { failure } = this.record;
    return failure === undefined ? { code: SpanStatusCode.UNSET } : { code: SpanStatusCode.ERROR, message: failure };
  }

  get links(): Link[] {
    const { links = [] } = this.record;
    return links.map(({ traceId, spanId }) => ({ context: toContext(traceId, spanId, true) }));
  }
}

const toContext = (traceId: string, spanId: string, isRemote = false): SpanContext => ({
  traceId,
  spanId,
  traceFlags: TraceFlags.SAMPLED,
  isRemote,
});

/** Whole seconds, and the nanoseconds on top; never a whole second of them. */
const toHrTime = (ms: number): HrTime => {
  const seconds = Math.floor(ms / 1_000);
  const nanoseconds = Math.round((ms - seconds * 1_000) * 1e6);
  return nanoseconds === 1e9 ? [seconds + 1, 0] : [seconds, nanoseconds];
};
