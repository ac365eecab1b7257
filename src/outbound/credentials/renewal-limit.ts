import type { Clock } from '../../platform/clock.ts';

/** Renewals in quick succession, and the time after which there is one more. */
const BURST = 3;
const REFILL_MS = 10_000;

/**
 * Keeps refusals that no new token will mend from causing a request for each. A token that was refused before it was ever
 * accepted is not replaced for a while; nor are many in a row, where some of an upstream's answers are always 401.
 */
export class RenewalLimit {
  readonly #clock: Clock;
  #left = BURST;
  #countedAt: number;
  #isProven = true;
  #renewedAt = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#countedAt = clock.now();
  }

  /** Whether a refused token may be replaced now; true counts as a renewal. */
  tryRenew(): boolean {
    const now = this.#clock.now();
    const refilled = Math.floor((now - this.#countedAt) / REFILL_MS);
    this.#countedAt += refilled * REFILL_MS;
    this.#left = Math.min(BURST, this.#left + refilled);
    if (this.#left === 0 || (!this.#isProven && now - this.#renewedAt < REFILL_MS)) return false;
    this.#left -= 1;
    this.#isProven = false;
    this.#renewedAt = now;
    return true;
  }

  /** The token of the last renewal works. */
  noteAccepted(): void {
    this.#isProven = true;
  }
}
