import { SpanKind } from '@opentelemetry/api';
import { UpstreamError } from '../../outbound/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { RequestContext } from '../../platform/context/request-context.ts';
import { isSampled } from '../../platform/context/trace-context.ts';
import type { Tracing } from '../../platform/telemetry/tracing.ts';

interface Means {
  readonly clock: Clock;
  readonly tracing: Tracing;
}

interface Run {
  readonly name: string;
  /** All that it does belongs to. */
  readonly context: RequestContext;
}

/** What `run` comes to, told to traces as the beginning of one. */
export const traceRun = async <T>(
  { clock, tracing }: Means,
  { name, context }: Run,
  run: () => Promise<T>,
): Promise<T> => {
  if (!tracing.isOn || !isSampled(context.trace)) return run();
  const { traceId, spanId } = context.trace;
  const startedAt = clock.now();
  const tell = (failure?: string): void => {
    const attributes = failure === undefined ? {} : { 'error.type': failure };
    const span = { name, kind: SpanKind.INTERNAL, traceId, spanId, startedAt, attributes, failure };
    tracing.record({ ...span, durationMs: clock.now() - startedAt });
  };
  try {
    const result = await run();
    tell();
    return result;
  } catch (error) {
    tell(error instanceof UpstreamError ? error.code : error instanceof Error ? error.name : typeof error);
    throw error;
  }
};
