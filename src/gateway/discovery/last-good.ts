import type { Answer } from './answer.ts';

/** What is held to be true after a question, whatever became of it. */
export interface Known<T> {
  readonly records: readonly T[];
  /** How long they hold, in ms; absent where nobody said. */
  readonly ttlMs?: number;
  /** Why there was no answer with records; those that are here are older. */
  readonly trouble?: string;
}

export const NO_RECORDS = 'there is no such name, or it has no such records';

/** A registry that starts anew says so of every name, for a moment. */
const TIMES_BELIEVED = 2;

/**
 * Remembers records. They stay while asking fails, however long that is; that there are none is believed when it is said
 * twice in a row, failures between not counted.
 */
export class LastGood<T> {
  #records: readonly T[] = [];
  #timesNone = 0;

  take(answer: Answer<T>): Known<T> {
    if (answer.kind === 'records') {
      this.#timesNone = 0;
      this.#records = answer.records;
      return answer;
    }
    if (answer.kind === 'failed') return { records: this.#records, trouble: answer.reason };
    this.#timesNone += 1;
    if (this.#timesNone >= TIMES_BELIEVED) this.#records = [];
    return { records: this.#records, trouble: NO_RECORDS };
  }
}
