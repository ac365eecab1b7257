/** What happened in one stretch of time, to be used again for a later one. */
export interface Slot {
  /** Which stretch it is, counted from the beginning of the clock; -1 before its first. */
  number: number;
  clear(): void;
}

/** The last so many stretches of time, each with what happened in it; made as they are needed, never more than `size`. */
export class SlotRing<T extends Slot> {
  readonly #slots: T[] = [];
  #newest: T | undefined;

  constructor(
    readonly slotMs: number,
    private readonly size: number,
    private readonly create: () => T,
  ) {}

  /** The one that `now` belongs to; time that moves backwards stays in the newest. */
  at(now: number): T {
    const number = this.numberAt(now);
    if (this.#newest !== undefined && number <= this.#newest.number) return this.#newest;
    const slot = (this.#slots[number % this.size] ??= this.create());
    slot.clear();
    slot.number = number;
    return (this.#newest = slot);
  }

  /** Which stretch it is now. */
  numberAt(now: number): number {
    return Math.floor(now / this.slotMs);
  }

  /** Of that number; undefined when nothing happened then, or it is too long ago. */
  find(number: number): T | undefined {
    const slot = number < 0 ? undefined : this.#slots[number % this.size];
    return slot?.number === number ? slot : undefined;
  }

  /** Of `count` stretches of which the one numbered `last` is the last, those in which something happened, the newest first. */
  until(last: number, count: number): T[] {
    const found: T[] = [];
    for (let number = last; number > last - count; number -= 1) {
      const slot = this.find(number);
      if (slot !== undefined) found.push(slot);
    }
    return found;
  }
}
