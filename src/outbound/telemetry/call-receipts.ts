import { Injectable } from '@nestjs/common';
import type { CallReceipt } from './call-receipt.ts';

type Listener = (receipt: CallReceipt) => void;

/** Hands every finished call's receipt to whoever listens: the log, metrics, tests. Keeps none. */
@Injectable()
export class CallReceipts {
  readonly #listeners = new Set<Listener>();

  /** Calls `listener` for each receipt until the returned function is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(receipt: CallReceipt): void {
    for (const listener of this.#listeners) listener(receipt);
  }
}
