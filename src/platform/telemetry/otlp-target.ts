import { readPairs } from './pairs.ts';
import type { TelemetryOptions } from './telemetry.config.ts';

export type Signal = 'metrics' | 'traces';

/** Where one kind of telemetry is sent as OTLP, over HTTP. */
export interface OtlpTarget {
  readonly url: string;
  /** May hold credentials: not for logs. */
  readonly headers: Record<string, string>;
  /** Longest one export may take, retries included. */
  readonly timeoutMs: number;
}

/** Where OpenTelemetry has it that a collector listens when nobody says where. */
const DEFAULT_ENDPOINT = 'http://localhost:4318';

const isOff = ({ sdkDisabled }: TelemetryOptions): boolean => sdkDisabled === 'true';

const ownEndpoint = ({ metricsEndpoint, tracesEndpoint }: TelemetryOptions, signal: Signal): string | undefined =>
  signal === 'metrics' ? metricsEndpoint : tracesEndpoint;

const hasEndpoint = (options: TelemetryOptions, signal: Signal): boolean =>
  (ownEndpoint(options, signal) ?? options.endpoint) !== undefined;

/** Whether metrics are kept for `/metrics`. */
export const isScraped = (options: TelemetryOptions): boolean =>
  !isOff(options) && (options.metricsExporter?.includes('prometheus') ?? true);

/** Where OTLP of that kind goes; undefined when it goes nowhere. */
export const toOtlpTarget = (options: TelemetryOptions, signal: Signal): OtlpTarget | undefined => {
  if (isOff(options) || !isExported(options, signal)) return undefined;
  return {
    url: ownEndpoint(options, signal) ?? within(options.endpoint ?? DEFAULT_ENDPOINT, signal),
    headers: readPairs(options.exporterOtlpHeaders?.reveal().split(',') ?? []),
    timeoutMs: options.exportTimeoutMs,
  };
};

const isExported = (options: TelemetryOptions, signal: Signal): boolean => {
  const told = signal === 'metrics' ? options.metricsExporter?.includes('otlp') : options.tracesExporter;
  return told === undefined ? hasEndpoint(options, signal) : told === true || told === 'otlp';
};

const within = (endpoint: string, signal: Signal): string => `${endpoint.replace(/\/$/, '')}/v1/${signal}`;
