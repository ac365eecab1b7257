import type { Clock } from '../clock.ts';
import type { Log } from '../logging/log.ts';
import { NoTracing } from './no-tracing.ts';
import { createSampler } from './create-sampler.ts';
import { OtlpTracing } from './otlp-tracing.ts';
import { toOtlpTarget, type OtlpTarget } from './otlp-target.ts';
import { resourceAttributes } from './resource.ts';
import { SpanBuilder } from './span-builder.ts';
import { tellDiagnostics } from './tell-diagnostics.ts';
import type { TelemetryOptions } from './telemetry.config.ts';
import { ToldExporter } from './told-exporter.ts';
import type { Tracing } from './tracing.ts';
import { WallTimes } from './wall-times.ts';

export interface TracingParts {
  readonly clock: Clock;
  readonly log: Log;
}

export interface StoppableTracing extends Tracing {
  /** Sends what waits to be sent; a collector that takes too long gets no more than 2 s. Never rejects. */
  shutdown(): Promise<void>;
}

/** Loads OpenTelemetry's SDK only where traces go somewhere: that takes a tenth of a second and some memory. */
export const createTracing = async (options: TelemetryOptions, parts: TracingParts): Promise<StoppableTracing> => {
  const target = toOtlpTarget(options, 'traces');
  return target === undefined ? new NoTracing() : openTracing(options, target, parts);
};

const openTracing = async (
  options: TelemetryOptions,
  target: OtlpTarget,
  { clock, log }: TracingParts,
): Promise<StoppableTracing> => {
  const [sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  tellDiagnostics(log);
  const { url, headers, timeoutMs: timeoutMillis } = target;
  const exporter = new ToldExporter(new OTLPTraceExporter({ url, headers, timeoutMillis }), log);
  const processor = new sdk.BatchSpanProcessor({
    exporter,
    maxQueueSize: options.maxQueuedSpans,
    maxExportBatchSize: options.maxSpansInBatch,
    scheduledDelayMillis: options.spanDelayMs,
    exportTimeoutMillis: options.spanTimeoutMs,
  });
  const builder = new SpanBuilder(resourceFromAttributes(resourceAttributes(options)), new WallTimes(clock));
  return new OtlpTracing(createSampler(options, sdk), { processor, builder, clock });
};
