import { Injectable, Optional } from '@nestjs/common';
import { Log } from '../../platform/logging/log.ts';
import { tellAll } from '../../platform/tell-all.ts';
import type { RequestRecord } from './request-record.ts';

type Listener = (record: RequestRecord) => void;

/** Tells whoever listens what became of each request: the log, metrics, traces. Keeps none. */
@Injectable()
export class RequestRecords {
  readonly #listeners = new Set<Listener>();
  #underWay = 0;

  constructor(@Optional() private readonly log?: Log) {}

  /** Requests that have begun and are not over. */
  get underWay(): number {
    return this.#underWay;
  }

  /** Calls `listener` for each request that is over, until the returned function is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A request has come, of which `publish` will tell. */
  begin(): void {
    this.#underWay += 1;
  }

  publish(record: RequestRecord): void {
    this.#underWay -= 1;
    tellAll(this.#listeners, record, this.log);
  }
}
