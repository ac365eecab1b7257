import { Injectable } from '@nestjs/common';
import { isSampled } from '../../platform/context/trace-context.ts';
import { Tracing } from '../../platform/telemetry/tracing.ts';
import type { RequestRecord } from './request-record.ts';
import { RequestRecords } from './request-records.ts';
import { toRequestSpan } from './to-request-span.ts';

/** Tells traces of each request. */
@Injectable()
export class RequestSpans {
  constructor(
    records: RequestRecords,
    private readonly tracing: Tracing,
  ) {
    if (tracing.isOn) records.listen((record) => this.record(record));
  }

  private record(record: RequestRecord): void {
    if (isSampled(record.context.trace)) this.tracing.record(toRequestSpan(record));
  }
}
