import type { Log } from '../../platform/logging/log.ts';

export interface Sentences {
  readonly begins: string;
  readonly ends: string;
}

const LONGEST_REASON = 1_000;

/**
 * One line when something begins to go wrong, one when it is well again, and none in between, unless `tells` is `each`:
 * then of every reason that is not the last one's.
 */
export class TroubleLog {
  #reason: string | undefined;

  constructor(
    private readonly log: Log,
    private readonly fields: object,
    private readonly sentences: Sentences,
    private readonly tells: 'first' | 'each' = 'first',
  ) {}

  /** @param reason none: all is well */
  tell(reason: string | undefined): void {
    const before = this.#reason;
    this.#reason = reason?.slice(0, LONGEST_REASON);
    if (before === this.#reason) return;
    if (this.#reason === undefined) this.log.info(this.fields, this.sentences.ends);
    else if (before === undefined || this.tells === 'each')
      this.log.warn({ ...this.fields, reason: this.#reason }, this.sentences.begins);
  }
}
