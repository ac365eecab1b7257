import { Injectable } from '@nestjs/common';
import { CallReceipts, remark, wasSent, type CallReceipt } from '../../outbound/index.ts';
import { Clock } from '../../platform/clock.ts';
import type { RemarkableCall } from './page/snapshot.ts';
import { toRemarkableCall } from './to-remarkable-call.ts';
import { UnsentCalls } from './unsent-calls.ts';

/** A few hundred KB at the most: receipts are bounded by the attempts that a call may take. */
const MAX_SENT = 200;

/** What those that were never sent may take of a list that has enough of the others. */
const UNSENT_SHARE = 0.2;

export interface KeptCall {
  /** Counts up, in the order in which calls ended. */
  readonly id: number;
  /** By the wall clock, in ms. */
  readonly endedAt: number;
  readonly receipt: CallReceipt;
}

/** The last calls that the log has a line for at `info` or above, of this process. */
@Injectable()
export class RemarkableCalls {
  /** A ring: each takes the place of the one that is `MAX_SENT` older. */
  readonly #sent: KeptCall[] = [];
  readonly #unsent = new UnsentCalls();
  #sentCount = 0;
  #count = 0;

  constructor(
    receipts: CallReceipts,
    private readonly clock: Clock,
  ) {
    receipts.listen((receipt) => this.note(receipt));
  }

  /** The newest first; of those that were never sent few, where there are many others. */
  list(limit: number): RemarkableCall[] {
    const room = Math.max(Math.ceil(limit * UNSENT_SHARE), limit - this.#sent.length);
    const unsent = this.#unsent.list().slice(0, room);
    const listed = [...unsent, ...this.newestSent(limit - unsent.length)].sort((one, other) => other.id - one.id);
    return listed.map(({ id, endedAt, receipt }) => toRemarkableCall(receipt, { id: String(id), endedAt }));
  }

  private newestSent(limit: number): KeptCall[] {
    const length = Math.min(limit, this.#sent.length);
    return Array.from({ length }, (_, age) => this.#sent[(this.#sentCount - 1 - age) % MAX_SENT]!);
  }

  private note(receipt: CallReceipt): void {
    const { level = 'debug' } = remark(receipt) ?? {};
    if (level === 'debug') return;
    const call = { id: this.#count++, endedAt: this.clock.wallTime(), receipt };
    if (wasSent(receipt)) this.#sent[this.#sentCount++ % MAX_SENT] = call;
    else this.#unsent.note(call);
  }
}
