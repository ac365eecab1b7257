import { Module } from '@nestjs/common';
import { OutboundModule } from '../../outbound/index.ts';
import { AccessLog } from './access-log.ts';
import { CallsOfRequests } from './calls-of-requests.ts';
import { RepeatMetrics } from './repeat-metrics.ts';
import { RequestMetrics } from './request-metrics.ts';
import { RequestRecords } from './request-records.ts';
import { RequestSpans } from './request-spans.ts';

/** What is told of requests once they are over, and to whom. */
@Module({
  imports: [OutboundModule],
  providers: [AccessLog, CallsOfRequests, RepeatMetrics, RequestMetrics, RequestRecords, RequestSpans],
  exports: [CallsOfRequests, RequestRecords],
})
export class RequestTelemetryModule {}
