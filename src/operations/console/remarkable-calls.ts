import { Injectable } from '@nestjs/common';
import { CallReceipts, remark, type CallReceipt } from '../../outbound/index.ts';
import { Clock } from '../../platform/clock.ts';
import type { RemarkableCall } from './page/snapshot.ts';
import { toRemarkableCall } from './to-remarkable-call.ts';

/** A few hundred KB at the most: receipts are bounded by the attempts that a call may take. */
const MAX_KEPT = 200;

interface Kept {
  readonly id: number;
  /** By the wall clock, in ms. */
  readonly endedAt: number;
  readonly receipt: CallReceipt;
}

/** The last calls that the log has a line for at `info` or above, of this process. */
@Injectable()
export class RemarkableCalls {
  /** A ring: each takes the place of the one that is `MAX_KEPT` older. */
  readonly #kept: Kept[] = [];
  #count = 0;

  constructor(
    receipts: CallReceipts,
    private readonly clock: Clock,
  ) {
    receipts.listen((receipt) => this.note(receipt));
  }

  /** The newest first. */
  list(limit: number): RemarkableCall[] {
    const number = Math.min(limit, this.#kept.length);
    const newest = Array.from({ length: number }, (_, age) => this.#kept[(this.#count - 1 - age) % MAX_KEPT]!);
    return newest.map(({ id, endedAt, receipt }) => toRemarkableCall(receipt, { id: String(id), endedAt }));
  }

  private note(receipt: CallReceipt): void {
    const { level = 'debug' } = remark(receipt) ?? {};
    if (level === 'debug') return;
    this.#kept[this.#count % MAX_KEPT] = { id: this.#count, endedAt: this.clock.wallTime(), receipt };
    this.#count += 1;
  }
}
