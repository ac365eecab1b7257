import { describe, expect, it } from '@jest/globals';
import { readOptions } from '../config/read-options.ts';
import { checkTelemetry } from './check-telemetry.ts';
import { TelemetryOptions } from './telemetry.config.ts';

const read = (env: Record<string, string>) =>
  readOptions({ type: TelemetryOptions, prefix: 'OTEL_', check: checkTelemetry }, env);

const CREDENTIAL = 'q7VtX2mKr9zLw4';

describe('the telemetry configuration', () => {
  it.each([
    ['OTEL_SDK_DISABLED', 'yes'],
    ['OTEL_SERVICE_NAME', 'brise\u2011lames'],
    ['OTEL_RESOURCE_ATTRIBUTES', 'staging'],
    ['OTEL_RESOURCE_ATTRIBUTES', 'team=%zz'],
    ['OTEL_METRICS_EXPORTER', 'prometeus'],
    ['OTEL_METRICS_EXPORTER', 'none,otlp'],
    ['OTEL_TRACES_EXPORTER', 'jaeger'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'grpc://collector:4317'],
    ['OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', 'http://collector:4318/v1/metrics?key=1'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'http://2130706433:4318'],
    ['OTEL_EXPORTER_OTLP_TIMEOUT', '0'],
    ['OTEL_EXPORTER_OTLP_TIMEOUT', '10s'],
    ['OTEL_METRIC_EXPORT_INTERVAL', '99'],
    ['OTEL_TRACES_SAMPLER', 'jaeger_remote'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
    ['OTEL_BSP_SCHEDULE_DELAY', '-1'],
    ['OTEL_BSP_EXPORT_TIMEOUT', 'soon'],
    ['OTEL_BSP_MAX_QUEUE_SIZE', '0'],
    ['OTEL_BSP_MAX_EXPORT_BATCH_SIZE', '2049'],
  ])('refuses %s=%s', (variable, value) => {
    expect(read({ [variable]: value }).problems).toMatchObject([{ variable }]);
  });

  it.each(['no-pair', 'a=', '=b', 'a=b,,c=d', 'a b=c', 'a=b%0d%0Ax: y', 'a=b%7F', 'a=%zz', 'a=\u00e9'])(
    'refuses %j as headers, and shows nothing of them',
    (value) => {
      const problems = read({ OTEL_EXPORTER_OTLP_HEADERS: value }).problems;
      expect(problems).toMatchObject([{ variable: 'OTEL_EXPORTER_OTLP_HEADERS', value: '[redacted]' }]);
    },
  );

  it('shows nothing of an endpoint that holds a password', () => {
    const { problems } = read({ OTEL_EXPORTER_OTLP_ENDPOINT: `https://ada:${CREDENTIAL}@collector.example` });
    expect(problems).toMatchObject([{ variable: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: '[redacted]' }]);
  });

  it.each(['http://collector.example:4318', 'http://203.0.113.9', 'http://8.8.8.8:4318', 'http://[2001:4860::1]'])(
    'sends no header in clear to %s',
    (url) => {
      const headers = { OTEL_EXPORTER_OTLP_HEADERS: `api-key=${CREDENTIAL}` };
      const variable = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
      expect(read({ ...headers, [variable]: url }).problems).toMatchObject([{ variable, value: url }]);
      expect(read({ [variable]: url }).problems).toEqual([]);
      expect(read({ ...headers, [variable]: url.replace('http:', 'https:') }).problems).toEqual([]);
    },
  );

  it.each([
    'http://localhost:4318',
    'http://127.0.0.1',
    'http://[::1]:4318',
    'http://collector:4318',
    'http://collector.monitoring.svc:4318',
    'http://collector.internal',
    'http://10.0.0.7:4318',
    'http://172.31.0.1',
    'http://192.168.1.1',
    'http://[fd00::1]:4318',
  ])('sends headers to %s, which is nobody else\u2019s', (url) => {
    const env = { OTEL_EXPORTER_OTLP_HEADERS: `api-key=${CREDENTIAL}`, OTEL_EXPORTER_OTLP_ENDPOINT: url };
    expect(read(env).problems).toEqual([]);
  });
});
