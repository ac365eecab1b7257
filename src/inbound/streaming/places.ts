/** How many there are in all, and for one holder. */
export interface PlaceLimits {
  readonly max: number;
  readonly maxEach: number;
}

/** Gives a place back; calling it again does nothing. */
export type Leave = () => void;

/** A bounded number of places, of which nobody gets them all. */
export class Places {
  readonly #held = new Map<string, number>();
  #taken = 0;

  constructor(private readonly limits: PlaceLimits) {}

  /** Nobody gets one. */
  get areAllTaken(): boolean {
    return this.#taken >= this.limits.max;
  }

  /** Undefined when there is no place left for that holder. `maxEach`: where holders differ in how many they may have. */
  enter(holder: string, maxEach = this.limits.maxEach): Leave | undefined {
    const held = this.#held.get(holder) ?? 0;
    if (this.areAllTaken || held >= maxEach) return undefined;
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
