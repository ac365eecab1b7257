import type { Histogram } from '@opentelemetry/api';
import type { Metrics } from './metrics.ts';

/** As OpenTelemetry's semantic conventions advise for HTTP, and one more: calls may take 30 s. */
const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30];

/** A histogram of durations in s. */
export const createSecondsHistogram = ({ meter }: Metrics, name: string, description: string): Histogram =>
  meter.createHistogram(name, { unit: 's', description, advice: { explicitBucketBoundaries: BUCKETS_S } });
