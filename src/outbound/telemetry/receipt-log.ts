import { Injectable } from '@nestjs/common';
import { Log } from '../../platform/logging/log.ts';
import type { CallReceipt } from './call-receipt.ts';
import { CallReceipts } from './call-receipts.ts';
import { remark } from './remarkable.ts';

/** Writes one line for each remarkable call, with its receipt. */
@Injectable()
export class ReceiptLog {
  constructor(
    receipts: CallReceipts,
    private readonly log: Log,
  ) {
    receipts.listen((receipt) => this.write(receipt));
  }

  private write(receipt: CallReceipt): void {
    const remarked = remark(receipt);
    if (remarked === undefined || !this.log.isLevelEnabled(remarked.level)) return;
    const { requestId, traceId } = receipt;
    this.log[remarked.level]({ requestId, traceId, call: receipt }, remarked.sentence);
  }
}
