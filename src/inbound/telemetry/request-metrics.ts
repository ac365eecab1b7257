import { Injectable } from '@nestjs/common';
import type { Attributes } from '@opentelemetry/api';
import { toKnownMethod } from '../../platform/telemetry/known-method.ts';
import { toKnownScheme } from '../../platform/telemetry/known-scheme.ts';
import { toKnownStatus } from '../../platform/telemetry/known-status.ts';
import { Metrics } from '../../platform/telemetry/metrics.ts';
import { createSecondsHistogram } from '../../platform/telemetry/seconds-histogram.ts';
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
    const duration = createSecondsHistogram(
      metrics,
      'http.server.request.duration',
      'How long requests took, to the last byte of the answer',
    );
    records.listen((record) => duration.record(record.durationMs / 1_000, toAttributes(record)));
    metrics.meter
      .createObservableUpDownCounter('http.server.active_requests', {
        unit: '{request}',
        description: 'Requests that are not over yet, open streams among them',
      })
      .addCallback((result) => result.observe(records.underWay));
  }
}

const toAttributes = (record: RequestRecord): Attributes => {
  const { request, route, status } = record;
  const error = toErrorType(record);
  return {
    'http.request.method': toKnownMethod(request.method),
    'http.response.status_code': toKnownStatus(status),
    // A trusted proxy may pass on whatever its caller has said.
    'url.scheme': toKnownScheme(request.protocol),
    ...(route !== undefined && { 'http.route': route }),
    ...(error !== undefined && { 'error.type': error }),
  };
};

/** Of what went wrong here: a 4xx is the caller's. */
const toErrorType = ({ status, isBrokenOff, context: { failure } }: RequestRecord): string | undefined =>
  status >= 500 || isBrokenOff ? (failure?.code ?? String(toKnownStatus(status))) : undefined;
