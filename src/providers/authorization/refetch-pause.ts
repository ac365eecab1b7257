import type { Clock } from '../../platform/clock.ts';

const SHORTEST_MS = 1_000;
const LONGEST_MS = 60_000;

/** How often something may be fetched because somebody claims that it has changed: less and less for false alarms. */
export class RefetchPause {
  #lastAt = -Infinity;
  #pauseMs = SHORTEST_MS;

  constructor(private readonly clock: Clock) {}

  /** Until it may be fetched again, in ms. */
  get leftMs(): number {
    return Math.max(0, this.#lastAt + this.#pauseMs - this.clock.now());
  }

  /** It is being fetched, for whatever reason. */
  begin(): void {
    const now = this.clock.now();
    // A long quiet time: the false alarms are over.
    if (now - this.#lastAt >= 2 * this.#pauseMs) this.#pauseMs = SHORTEST_MS;
    this.#lastAt = now;
  }

  /** Somebody's claim has turned out to be true or false. */
  end(hasChanged: boolean): void {
    this.#pauseMs = hasChanged ? SHORTEST_MS : Math.min(2 * this.#pauseMs, LONGEST_MS);
  }
}
