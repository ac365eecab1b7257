import type { Clock } from '../clock.ts';

/** Looking at both clocks may be interrupted for longer than they are to differ. */
const LONGEST_LOOK_MS = 0.5;

/** How far the wall clock may have moved against the other before that is heeded: it ticks in whole ms. */
const TOLERANCE_MS = 20;

/**
 * Tells for moments on the clock's monotonic scale what the wall clock showed. All of a trace are told by the same
 * difference, so that what came within something else is shown within it; only where somebody has set the clock, or the
 * machine slept, is another one taken.
 */
export class WallTimes {
  #difference: number;

  constructor(private readonly clock: Clock) {
    this.#difference = clock.wallTime() - clock.now();
  }

  /** Ms since 1970. */
  of(moment: number): number {
    const before = this.clock.now();
    const difference = this.clock.wallTime() - before;
    const wasInterrupted = this.clock.now() - before > LONGEST_LOOK_MS;
    if (!wasInterrupted && Math.abs(difference - this.#difference) > TOLERANCE_MS) this.#difference = difference;
    return moment + this.#difference;
  }
}
