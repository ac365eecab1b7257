import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { captureLog } from '../../../test/support/captured-log.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { createTracing, type StoppableTracing } from './create-tracing.ts';
import { TelemetryOptions } from './telemetry.config.ts';

const LOADED = new Error('the SDK was loaded');

const PACKAGES = ['sdk-trace', 'exporter-trace-otlp-http', 'resources'];

const create = (own: Partial<TelemetryOptions>): Promise<StoppableTracing> => {
  const parts = { clock: new FakeClock(), log: captureLog().log };
  return createTracing(Object.assign(new TelemetryOptions(), own), parts);
};

describe('createTracing', () => {
  beforeEach(() => {
    for (const name of PACKAGES)
      jest.unstable_mockModule(`@opentelemetry/${name}`, () => {
        throw LOADED;
      });
  });

  it.each<[string, Partial<TelemetryOptions>]>([
    ['nothing is set', {}],
    ['metrics alone are exported', { metricsEndpoint: 'http://127.0.0.1:4318/v1/metrics' }],
    ['there is no exporter', { endpoint: 'http://127.0.0.1:4318', tracesExporter: 'none' }],
    ['the SDK is off', { endpoint: 'http://127.0.0.1:4318', sdkDisabled: 'true' }],
  ])('loads nothing where %s', async (_when, options) => {
    const tracing = await create(options);
    expect([tracing.isOn, tracing.sample]).toEqual([false, undefined]);
    await tracing.shutdown();
  });

  it('loads the SDK where traces are exported', async () => {
    expect(await rejectionOf(create({ endpoint: 'http://127.0.0.1:4318' }))).toBe(LOADED);
  });
});
