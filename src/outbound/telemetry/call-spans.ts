import { Injectable } from '@nestjs/common';
import { isSampled } from '../../platform/context/trace-context.ts';
import { Tracing } from '../../platform/telemetry/tracing.ts';
import type { CallReceipt } from './call-receipt.ts';
import { CallReceipts } from './call-receipts.ts';
import { toCallSpans } from './to-call-spans.ts';

/** Tells traces what was sent for each call. */
@Injectable()
export class CallSpans {
  constructor(
    receipts: CallReceipts,
    private readonly tracing: Tracing,
  ) {
    if (tracing.isOn) receipts.listen((receipt) => this.record(receipt));
  }

  private record(receipt: CallReceipt): void {
    const { trace } = receipt;
    if (trace === undefined || !isSampled(trace)) return;
    for (const span of toCallSpans(receipt, trace)) this.tracing.record(span);
  }
}
