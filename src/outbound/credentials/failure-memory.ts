import type { Clock } from '../../platform/clock.ts';
import { UpstreamError } from '../errors/upstream-error.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Remembers briefly why something failed, so that not everybody who wants it asks again; each time in a row for longer. */
export class FailureMemory {
  readonly #clock: Clock;
  #last: { readonly error: unknown; readonly until: number } | undefined;
  #pauseMs = FIRST_PAUSE_MS;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether it is too early to try again. */
  get lasts(): boolean {
    return this.#last !== undefined && this.#clock.now() < this.#last.until;
  }

  /** @throws what was remembered last, while that lasts */
  throwIfLasting(): void {
    if (this.lasts) throw this.#last!.error;
  }

  remember(error: unknown): void {
    const asked = error instanceof UpstreamError ? (error.retryAfterMs ?? 0) : 0;
    const pauseMs = Math.min(Math.max(this.#pauseMs, asked), LONGEST_PAUSE_MS);
    this.#last = { error, until: this.#clock.now() + pauseMs };
    this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
  }

  forget(): void {
    this.#last = undefined;
    this.#pauseMs = FIRST_PAUSE_MS;
  }
}
