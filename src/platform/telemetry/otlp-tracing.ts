import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import type { Cancel, Clock } from '../clock.ts';
import type { Sample } from '../context/trace-context.ts';
import type { SpanBuilder } from './span-builder.ts';
import { Tracing, type SpanRecord } from './tracing.ts';

/** How long a stop waits for the last spans to be taken. */
const LAST_EXPORT_MS = 2_000;

interface Parts {
  readonly processor: SpanProcessor;
  readonly builder: SpanBuilder;
  readonly clock: Clock;
}

/** Hands spans to the SDK's queue, which sends them in batches. */
export class OtlpTracing extends Tracing {
  readonly isOn = true;

  constructor(
    readonly sample: Sample,
    private readonly parts: Parts,
  ) {
    super();
  }

  record(span: SpanRecord): void {
    const { processor, builder } = this.parts;
    processor.onEnd(builder.build(span));
  }

  async shutdown(): Promise<void> {
    let cancel: Cancel = () => undefined;
    const tooLong = new Promise<void>((resolve) => (cancel = this.parts.clock.schedule(resolve, LAST_EXPORT_MS)));
    const sent = this.parts.processor.shutdown().catch(() => undefined);
    await Promise.race([sent, tooLong]);
    cancel();
  }
}
