import { Injectable } from '@nestjs/common';
import { CallReceipts, type CallReceipt } from '../../outbound/index.ts';
import { currentContext, type RequestContext } from '../../platform/context/request-context.ts';

/** A request may make any number of calls: exports do. */
const MAX_CALLS = 50;

const NONE: readonly CallReceipt[] = [];

/** Which upstream calls were made for which request, as long as somebody holds its context. */
@Injectable()
export class CallsOfRequests {
  readonly #calls = new WeakMap<RequestContext, CallReceipt[]>();

  constructor(receipts: CallReceipts) {
    receipts.listen((receipt) => this.note(receipt));
  }

  /** Those that are over, in the order in which they ended: the first 50, and beyond those what did not end well in their place. */
  of(context: RequestContext): readonly CallReceipt[] {
    return this.#calls.get(context) ?? NONE;
  }

  private note(receipt: CallReceipt): void {
    const context = currentContext();
    if (context === undefined) return;
    const known = this.#calls.get(context);
    if (known === undefined) this.#calls.set(context, [receipt]);
    else if (known.length < MAX_CALLS) known.push(receipt);
    else if (receipt.outcome !== 'answered') replaceLast(known, receipt);
  }
}

/** What explains a failed request came last: it takes the place of the last one that ended well, or else of the last. */
const replaceLast = (known: CallReceipt[], receipt: CallReceipt): void => {
  known.splice(
    known.findLastIndex(({ outcome }) => outcome === 'answered'),
    1,
  );
  known.push(receipt);
};
