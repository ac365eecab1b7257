import type { Clock } from '../../platform/clock.ts';

const PAUSE_MS = 1_000;

/** How often something may be fetched because somebody claims that it has changed: once a second, whatever is claimed. */
export class RefetchPause {
  #lastAt = -Infinity;

  constructor(private readonly clock: Clock) {}

  /** Until it may be fetched again, in ms. */
  get leftMs(): number {
    return Math.max(0, this.#lastAt + PAUSE_MS - this.clock.now());
  }

  /** It is being fetched, for whatever reason. */
  begin(): void {
    this.#lastAt = this.clock.now();
  }
}
