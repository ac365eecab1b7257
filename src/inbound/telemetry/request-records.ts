import { Injectable } from '@nestjs/common';
import type { RequestRecord } from './request-record.ts';

type Listener = (record: RequestRecord) => void;

/** Tells whoever listens what became of each request: the log, metrics, traces. Keeps none. */
@Injectable()
export class RequestRecords {
  readonly #listeners = new Set<Listener>();

  /** Calls `listener` for each request that is over, until the returned function is called. It must not throw. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(record: RequestRecord): void {
    for (const listener of this.#listeners) listener(record);
  }
}
