import { Injectable } from '@nestjs/common';
import { Log } from '../../platform/logging/log.ts';
import type { RequestRecord } from './request-record.ts';
import { RequestRecords } from './request-records.ts';

/** Writes one line for each request. */
@Injectable()
export class AccessLog {
  constructor(
    records: RequestRecords,
    private readonly log: Log,
  ) {
    records.listen((record) => this.write(record));
  }

  private write(record: RequestRecord): void {
    const level = record.reply.statusCode >= 500 || record.isBrokenOff ? 'warn' : 'info';
    if (this.log.isLevelEnabled(level)) this.log[level](toLine(record), 'request');
  }
}

/** The route's template instead of the URL: values and queries stay out of the log. */
const toLine = ({ request, context, route, status, durationMs }: RequestRecord): object => {
  const { requestId, trace, upstreamTime, failure } = context;
  return {
    requestId,
    traceId: trace.traceId,
    method: request.method,
    route: route ?? '(none)',
    status,
    durationMs: round(durationMs),
    upstreamMs: round(upstreamTime.totalMs),
    upstreamCalls: upstreamTime.calls,
    ...(failure && { failure }),
  };
};

const round = (ms: number): number => Math.round(ms * 10) / 10;
