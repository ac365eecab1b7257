import type { Operation } from '../http/operation.ts';

/** How much the newest attempt counts: about the last dozen tell. */
const WEIGHT = 1 / 8;

/** Who is refused for what is known of its like adds nothing to it: were it known for longer, it could be so for ever. */
const KNOWN_FOR_MS = 5_000;

/**
 * How long attempts kept their places lately, all together and those of each operation: moving means, in ms. All is
 * forgotten 5 s after the last one.
 */
export class Pace {
  readonly #all = new MovingMean();
  readonly #each = new WeakMap<Operation, MovingMean>();

  note(operation: Operation, heldMs: number, now: number): void {
    this.#all.add(heldMs, now);
    let own = this.#each.get(operation);
    if (!own) this.#each.set(operation, (own = new MovingMean()));
    own.add(heldMs, now);
  }

  /** How long one that has a place will need it; 0 while nothing is known of its like. */
  needMs(operation: Operation, now: number): number {
    return this.#each.get(operation)?.at(now) ?? 0;
  }

  /** How long the last of so many in a line will wait for one of so many places; 0 while nothing is known. */
  turnMs(waiting: number, places: number, now: number): number {
    return (this.#all.at(now) * waiting) / places;
  }
}

class MovingMean {
  #value = 0;
  #addedAt = -Infinity;

  at(now: number): number {
    return this.isKnown(now) ? this.#value : 0;
  }

  add(value: number, now: number): void {
    this.#value = this.isKnown(now) ? this.#value + (value - this.#value) * WEIGHT : value;
    this.#addedAt = now;
  }

  private isKnown(now: number): boolean {
    return now - this.#addedAt <= KNOWN_FOR_MS;
  }
}
