import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import type { Log } from '../logging/log.ts';
import { toRefusalReason } from './to-refusal-reason.ts';

type Done = Parameters<SpanExporter['export']>[1];

interface Result {
  readonly code: number;
  readonly error?: Error | undefined;
}

/** What @opentelemetry/core calls `ExportResultCode.SUCCESS`. */
const SUCCESS = 0;

/** Tells once that the collector does not take what it is sent, and once that it does again; what it did not take is lost. */
export class ToldExporter implements SpanExporter {
  #lost = 0;

  constructor(
    private readonly exporter: SpanExporter,
    private readonly log: Log,
  ) {}

  export(spans: ReadableSpan[], done: Done): void {
    this.exporter.export(spans, ({ code, error }: Result) => {
      if (code === SUCCESS) this.noteTaken();
      else this.noteLost(spans.length, error);
      // Who waits for it would but complain as well.
      done({ code: SUCCESS });
    });
  }

  forceFlush(): Promise<void> {
    return this.exporter.forceFlush?.() ?? Promise.resolve();
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }

  private noteTaken(): void {
    if (this.#lost > 0) this.log.info({ lost: this.#lost }, 'Traces are exported again');
    this.#lost = 0;
  }

  private noteLost(count: number, error: Error | undefined): void {
    const isNew = this.#lost === 0;
    this.#lost += count;
    if (isNew)
      this.log.warn({ reason: toRefusalReason(error) }, 'Traces cannot be exported: spans are lost until they can');
  }
}
