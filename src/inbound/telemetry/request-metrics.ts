import { Injectable } from '@nestjs/common';
import { toKnownMethod } from '../../platform/telemetry/known-method.ts';
import { toKnownScheme } from '../../platform/telemetry/known-scheme.ts';
import { toKnownStatus } from '../../platform/telemetry/known-status.ts';
import { Metrics } from '../../platform/telemetry/metrics.ts';
import type { SecondsSeries } from '../../platform/telemetry/seconds-series.ts';
import type { RequestRecord } from './request-record.ts';
import { RequestRecords } from './request-records.ts';

/**
 * Measures requests by the templates of their routes: those that led to none have one series for all. Probes and scrapes
 * count as others do, for one that fails or takes long is worth knowing; who does not want them leaves out their routes.
 */
@Injectable()
export class RequestMetrics {
  constructor(records: RequestRecords, metrics: Metrics) {
    if (!metrics.isOn) return;
    const durations = createDurations(metrics);
    records.listen((record) => findSeries(durations, record).record(record.durationMs / 1_000));
    metrics.meter
      .createObservableUpDownCounter('http.server.active_requests', {
        unit: '{request}',
        description: 'Requests that are not over yet, open streams among them',
      })
      .addCallback((result) => result.observe(records.underWay));
  }
}

const createDurations = ({ histograms }: Metrics) =>
  histograms.create('http.server.request.duration', 'How long requests took, to the last byte of the answer', [
    'http.request.method',
    'http.response.status_code',
    'url.scheme',
    'http.route',
    'error.type',
  ]);

const findSeries = (durations: ReturnType<typeof createDurations>, record: RequestRecord): SecondsSeries =>
  durations.series(
    toKnownMethod(record.request.method),
    toKnownStatus(record.status),
    // A trusted proxy may pass on whatever its caller has said.
    toKnownScheme(record.request.protocol),
    record.route,
    toErrorType(record),
  );

/** Of what went wrong here: a 4xx is the caller's. */
const toErrorType = ({ status, isBrokenOff, context: { failure } }: RequestRecord): string | undefined =>
  status >= 500 || isBrokenOff ? (failure?.code ?? String(toKnownStatus(status))) : undefined;
