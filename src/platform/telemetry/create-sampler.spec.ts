import { describe, expect, it } from '@jest/globals';
import * as sdk from '@opentelemetry/sdk-trace';
import { createSampler } from './create-sampler.ts';
import { TelemetryOptions, type Sampler } from './telemetry.config.ts';

/** Their ratios, by the SDK's reckoning, are below and above one half. */
const LOW = '00000000000000000000000000000001';
const HIGH = 'f0000000000000000000000000000001';

const decisions = (tracesSampler: Sampler, tracesSamplerArg = 1): string => {
  const sample = createSampler(Object.assign(new TelemetryOptions(), { tracesSampler, tracesSamplerArg }), sdk);
  const begun = [LOW, HIGH].map((traceId) => sample(traceId, undefined));
  const continued = [true, false].flatMap((isParentSampled) => [LOW, HIGH].map((id) => sample(id, isParentSampled)));
  return [...begun, ...continued].map((isSampled) => (isSampled ? 'y' : 'n')).join('');
};

describe('which traces are recorded', () => {
  // Begun here: low, high; of a caller who records it: low, high; of one who does not: low, high.
  it.each<[Sampler, number, string]>([
    ['always_on', 1, 'yyyyyy'],
    ['always_off', 1, 'nnnnnn'],
    ['traceidratio', 0, 'nnnnnn'],
    ['traceidratio', 0.5, 'ynynyn'],
    ['traceidratio', 1, 'yyyyyy'],
    ['parentbased_always_on', 0, 'yyyynn'],
    ['parentbased_always_off', 1, 'nnyynn'],
    ['parentbased_traceidratio', 0, 'nnyynn'],
    ['parentbased_traceidratio', 0.5, 'ynyynn'],
    ['parentbased_traceidratio', 1, 'yyyynn'],
  ])('%s of %d decides %s', (sampler, ratio, expected) => {
    expect(decisions(sampler, ratio)).toBe(expected);
  });
});
