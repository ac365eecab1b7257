import { describe, expect, it } from '@jest/globals';
import { readOptions } from '../config/read-options.ts';
import { isScraped, toOtlpTarget } from './otlp-target.ts';
import { resourceAttributes } from './resource.ts';
import { TelemetryOptions } from './telemetry.config.ts';

const read = (env: Record<string, string>): TelemetryOptions => {
  const { options, problems } = readOptions({ type: TelemetryOptions, prefix: 'OTEL_' }, env);
  expect(problems).toEqual([]);
  return options;
};

const urls = (env: Record<string, string>): (string | undefined)[] => {
  const options = read(env);
  return [toOtlpTarget(options, 'metrics')?.url, toOtlpTarget(options, 'traces')?.url];
};

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

describe('where telemetry goes', () => {
  it('is nowhere when it is switched off, whatever else is set', () => {
    const env = { ...ENDPOINT, OTEL_SDK_DISABLED: 'true', OTEL_METRICS_EXPORTER: 'prometheus,otlp' };
    expect(urls(env)).toEqual([undefined, undefined]);
    expect(isScraped(read(env))).toBe(false);
  });

  it('is /metrics alone when nothing is set', () => {
    expect([isScraped(read({})), ...urls({})]).toEqual([true, undefined, undefined]);
  });

  it('is the collector, too, when there is one', () => {
    expect(urls(ENDPOINT)).toEqual(['http://collector:4318/v1/metrics', 'http://collector:4318/v1/traces']);
    expect(isScraped(read(ENDPOINT))).toBe(true);
  });

  it.each(['http://collector:4318/otlp', 'http://collector:4318/otlp/'])('is within the path of %s', (endpoint) => {
    const url = 'http://collector:4318/otlp/v1/metrics';
    expect(urls({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })[0]).toBe(url);
  });

  it('is one of its own for each kind, as it stands', () => {
    const own = { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'https://metrics.example/take' };
    expect(urls(own)).toEqual(['https://metrics.example/take', undefined]);
    expect(urls({ ...own, ...ENDPOINT })).toEqual(['https://metrics.example/take', 'http://collector:4318/v1/traces']);
  });

  it('is what the exporters say', () => {
    expect(urls({ ...ENDPOINT, OTEL_METRICS_EXPORTER: 'none', OTEL_TRACES_EXPORTER: 'none' })).toEqual([
      undefined,
      undefined,
    ]);
    expect(isScraped(read({ OTEL_METRICS_EXPORTER: 'otlp' }))).toBe(false);
    expect(urls({ OTEL_METRICS_EXPORTER: 'otlp', OTEL_TRACES_EXPORTER: 'otlp' })).toEqual([
      'http://localhost:4318/v1/metrics',
      'http://localhost:4318/v1/traces',
    ]);
  });

  it('is told with decoded headers', () => {
    const env = { ...ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Basic%20YWRhOnE=, x-tenant=a%2Cb' };
    const headers = { Authorization: 'Basic YWRhOnE=', 'x-tenant': 'a,b' };
    expect(toOtlpTarget(read(env), 'traces')).toMatchObject({ headers, timeoutMs: 10_000 });
  });
});

describe('who tells', () => {
  it('is breakwater, one version and one instance of it', () => {
    expect(resourceAttributes(read({}))).toMatchObject({
      'service.name': 'breakwater',
      'service.version': expect.stringMatching(/^\d+\.\d+\.\d+/),
      'service.instance.id': expect.stringMatching(/^[\da-f-]{36}$/),
    });
  });

  it('is what the variables say', () => {
    const told = { OTEL_RESOURCE_ATTRIBUTES: 'service.name=harbour, team=q%C3%A9' };
    expect(resourceAttributes(read(told))).toMatchObject({ 'service.name': 'harbour', team: 'q\u00e9' });
    expect(resourceAttributes(read({ ...told, OTEL_SERVICE_NAME: 'pier' }))).toMatchObject({ 'service.name': 'pier' });
  });
});
