import { Injectable, Optional } from '@nestjs/common';
import { Log } from '../../platform/logging/log.ts';
import { tellAll } from '../../platform/tell-all.ts';
import type { CallReceipt } from './call-receipt.ts';

type Listener = (receipt: CallReceipt) => void;

/** Hands every finished call's receipt to whoever listens: the log, metrics, tests. Keeps those of calls under way. */
@Injectable()
export class CallReceipts {
  readonly #listeners = new Set<Listener>();
  readonly #underWay = new Set<CallReceipt>();

  constructor(@Optional() private readonly log?: Log) {}

  /** Of calls that are not over, those that began first first. */
  get underWay(): Iterable<CallReceipt> {
    return this.#underWay;
  }

  /** Calls `listener` for each receipt until the returned function is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Of a call that will be published when it is over. */
  begin(receipt: CallReceipt): void {
    this.#underWay.add(receipt);
  }

  /** It will not be published: another one tells what it would. */
  forget(receipt: CallReceipt): void {
    this.#underWay.delete(receipt);
  }

  publish(receipt: CallReceipt): void {
    this.#underWay.delete(receipt);
    tellAll(this.#listeners, receipt, this.log);
  }
}
