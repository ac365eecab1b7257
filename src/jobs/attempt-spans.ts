import { Injectable } from '@nestjs/common';
import { SpanKind, type Attributes } from '@opentelemetry/api';
import { Clock } from '../platform/clock.ts';
import type { RequestContext } from '../platform/context/request-context.ts';
import { isSampled, type Sample } from '../platform/context/trace-context.ts';
import { Tracing } from '../platform/telemetry/tracing.ts';
import type { CallRecord } from './call-record.ts';
import type { Outcome } from './to-settled.ts';

interface Made {
  readonly call: CallRecord;
  readonly outcome: Outcome;
  /** On the clock's monotonic scale. */
  readonly startedAt: number;
}

/** Tells traces of attempts at background calls: each is a trace of its own, with a link to what asked for the call. */
@Injectable()
export class AttemptSpans {
  constructor(
    private readonly tracing: Tracing,
    private readonly clock: Clock,
  ) {}

  get sample(): Sample | undefined {
    return this.tracing.sample;
  }

  record({ trace }: RequestContext, { call, outcome, startedAt }: Made): void {
    if (!this.tracing.isOn || !isSampled(trace)) return;
    this.tracing.record({
      name: `process ${call.operation}`,
      kind: SpanKind.CONSUMER,
      traceId: trace.traceId,
      spanId: trace.spanId,
      startedAt,
      durationMs: this.clock.now() - startedAt,
      attributes: toAttributes(call, outcome),
      failure: toFailure(outcome),
      links: call.origin ? [call.origin] : [],
    });
  }
}

const toAttributes = ({ id, operation, attempts }: CallRecord, outcome: Outcome): Attributes => {
  const failure = toFailure(outcome);
  return {
    'breakwater.call_id': id,
    'breakwater.operation': operation,
    'breakwater.attempt': attempts,
    'breakwater.call.state': outcome.state,
    ...(failure !== undefined && { 'error.type': failure }),
  };
};

const toFailure = (outcome: Outcome): string | undefined => ('problem' in outcome ? outcome.problem?.code : undefined);
