import { Injectable } from '@nestjs/common';
import { Log } from '../../platform/logging/log.ts';
import type { CallReceipt } from './call-receipt.ts';
import { CallReceipts } from './call-receipts.ts';

/** A call slower than this is worth a line even when all went well. */
const SLOW_CALL_MS = 1_000;

/** Writes one line for each call that was retried, slow or failed. */
@Injectable()
export class ReceiptLog {
  constructor(
    receipts: CallReceipts,
    private readonly log: Log,
  ) {
    receipts.listen((receipt) => this.write(receipt));
  }

  private write(receipt: CallReceipt): void {
    if (hasFailed(receipt)) this.log.warn({ call: receipt }, 'An upstream call failed');
    else if (receipt.cache?.detail === 'stale-if-error')
      this.log.info({ call: receipt }, 'A stale answer stood in for a failed call');
    else if (receipt.attempts.length > 1) this.log.info({ call: receipt }, 'An upstream call was retried');
    else if (receipt.durationMs > SLOW_CALL_MS) this.log.info({ call: receipt }, 'An upstream call was slow');
    else if (receipt.outcome !== 'answered')
      this.log.debug({ call: receipt }, 'An upstream call was refused or cancelled');
  }
}

/** Absent things and expired tokens are the ordinary course of business, as are callers that leave. */
const ORDINARY_STATUSES: ReadonlySet<number | undefined> = new Set([401, 404, 410]);

const hasFailed = ({ outcome, status }: CallReceipt): boolean =>
  outcome !== 'answered' && outcome !== 'cancelled' && !ORDINARY_STATUSES.has(status);
