import type {
  AggregationTemporality,
  InstrumentType,
  PushMetricExporter,
  ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import type { Log } from '../logging/log.ts';
import { toTemporality } from './current-gauges.ts';
import { toRefusalReason } from './to-refusal-reason.ts';

type Done = Parameters<PushMetricExporter['export']>[1];

/** What @opentelemetry/core calls `ExportResultCode.SUCCESS`. */
const SUCCESS: Parameters<Done>[0]['code'] = 0;

/** Tells once that the collector does not take what it is sent, and once that it does again: sums then are whole again. */
export class ToldMetricsExporter implements PushMetricExporter {
  #isOut = false;

  constructor(
    private readonly exporter: PushMetricExporter,
    private readonly log: Log,
  ) {}

  export(metrics: ResourceMetrics, done: Done): void {
    this.exporter.export(metrics, ({ code, error }) => {
      if (code === SUCCESS) this.noteTaken();
      else this.noteRefused(error);
      // Who waits for it would but complain as well.
      done({ code: SUCCESS });
    });
  }

  forceFlush(): Promise<void> {
    return this.exporter.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }

  selectAggregationTemporality(type: InstrumentType): AggregationTemporality {
    return toTemporality(type, this.exporter.selectAggregationTemporality!(type));
  }

  private noteTaken(): void {
    if (this.#isOut) this.log.info({}, 'Metrics are exported again');
    this.#isOut = false;
  }

  private noteRefused(error: Error | undefined): void {
    if (this.#isOut) return;
    this.#isOut = true;
    this.log.warn({ reason: toRefusalReason(error) }, 'Metrics cannot be exported: they come late, or not at all');
  }
}
