import { Injectable } from '@nestjs/common';

/** A few KB of memory each. */
export const MAX_STREAMS = 10_000;

/** Gives a place back; calling it again does nothing. */
export type Leave = () => void;

/** Who may listen at once: a bounded number in all, and of each. */
@Injectable()
export class StreamPlaces {
  readonly #held = new Map<string, number>();
  #taken = 0;

  /** Of how many there are in all. */
  max = MAX_STREAMS;

  /** @param maxEach how many `holder` may have */
  enter(holder: string, maxEach: number): Leave | 'all taken' | 'enough held' {
    const held = this.#held.get(holder) ?? 0;
    if (held >= maxEach) return 'enough held';
    if (this.#taken >= this.max) return 'all taken';
    this.#taken += 1;
    this.#held.set(holder, held + 1);
    let isInside = true;
    return () => {
      if (isInside) this.leave(holder);
      isInside = false;
    };
  }

  private leave(holder: string): void {
    this.#taken -= 1;
    const held = this.#held.get(holder)! - 1;
    if (held === 0) this.#held.delete(holder);
    else this.#held.set(holder, held);
  }
}
