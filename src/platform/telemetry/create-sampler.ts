import { ROOT_CONTEXT, SpanKind, trace, type Context } from '@opentelemetry/api';
import type { Sampler } from '@opentelemetry/sdk-trace';
import type { Sample } from '../context/trace-context.ts';
import type { TelemetryOptions } from './telemetry.config.ts';

type Sdk = Pick<
  typeof import('@opentelemetry/sdk-trace'),
  'AlwaysOffSampler' | 'AlwaysOnSampler' | 'ParentBasedSampler' | 'TraceIdRatioBasedSampler' | 'SamplingDecision'
>;

/** What OTEL_TRACES_SAMPLER and its argument say, decided by the SDK's own samplers. */
export const createSampler = (options: TelemetryOptions, sdk: Sdk): Sample => {
  const sampler = toSampler(options, sdk);
  const { RECORD_AND_SAMPLED } = sdk.SamplingDecision;
  return (traceId, isParentSampled) => {
    const parent = isParentSampled === undefined ? ROOT_CONTEXT : isParentSampled ? SAMPLED : NOT_SAMPLED;
    return sampler.shouldSample(parent, traceId, '', SpanKind.SERVER, {}, []).decision === RECORD_AND_SAMPLED;
  };
};

const toSampler = ({ tracesSampler, tracesSamplerArg }: TelemetryOptions, sdk: Sdk): Sampler => {
  switch (tracesSampler) {
    case 'always_on':
      return new sdk.AlwaysOnSampler();
    case 'always_off':
      return new sdk.AlwaysOffSampler();
    case 'traceidratio':
      return new sdk.TraceIdRatioBasedSampler(tracesSamplerArg);
    case 'parentbased_always_on':
      return new sdk.ParentBasedSampler({ root: new sdk.AlwaysOnSampler() });
    case 'parentbased_always_off':
      return new sdk.ParentBasedSampler({ root: new sdk.AlwaysOffSampler() });
    case 'parentbased_traceidratio':
      return new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(tracesSamplerArg) });
  }
};

/** Samplers look at a parent's flag, and whether its ids are sound: which they are. */
const parentWith = (traceFlags: number): Context =>
  trace.setSpanContext(ROOT_CONTEXT, {
    traceId: '1'.repeat(32),
    spanId: '1'.repeat(16),
    traceFlags,
    isRemote: true,
  });

const SAMPLED = parentWith(1);
const NOT_SAMPLED = parentWith(0);
