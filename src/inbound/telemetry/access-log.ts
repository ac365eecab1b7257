import { Injectable } from '@nestjs/common';
import { Log } from '../../platform/logging/log.ts';
import type { LogFields } from '../../platform/logging/logged-fields.ts';
import { explainCalls } from './explain-calls.ts';
import type { RequestRecord } from './request-record.ts';
import { RequestRecords } from './request-records.ts';

/** Writes one line for each request; that of a request that we failed tells which calls it failed for, and how. */
@Injectable()
export class AccessLog {
  constructor(
    records: RequestRecords,
    private readonly log: Log,
  ) {
    records.listen((record) => this.write(record));
  }

  private write(record: RequestRecord): void {
    const hasFailed = record.reply.statusCode >= 500 || record.isBrokenOff;
    const level = hasFailed ? 'warn' : 'info';
    if (!this.log.isLevelEnabled(level)) return;
    this.log[level](hasFailed ? { ...toLine(record), ...explainCalls(record.calls) } : toLine(record), 'request');
  }
}

/** The route's template instead of the URL: values and queries stay out of the log. */
const toLine = ({ request, context, route = '(none)', status, startedAt, durationMs }: RequestRecord): LogFields => {
  const { requestId, trace, upstreamTime, failure } = context;
  return {
    requestId,
    traceId: trace.traceId,
    method: request.method,
    route,
    status,
    durationMs,
    upstreamMs: upstreamTime.until(startedAt + durationMs),
    upstreamCalls: upstreamTime.calls,
    failure,
  };
};
