import type { Operation } from '../http/operation.ts';

/** How much the newest attempt counts: about the last dozen tell. */
const WEIGHT = 1 / 8;

/** How long attempts kept their places lately, all together and those of each operation: moving means, in ms. */
export class Pace {
  readonly #all = new MovingMean();
  readonly #each = new WeakMap<Operation, MovingMean>();

  note(operation: Operation, heldMs: number): void {
    this.#all.add(heldMs);
    let own = this.#each.get(operation);
    if (!own) this.#each.set(operation, (own = new MovingMean()));
    own.add(heldMs);
  }

  /** How long one that has a place will need it; 0 while nothing is known of its like. */
  needMs(operation: Operation): number {
    return this.#each.get(operation)?.value ?? 0;
  }

  /** How long the last of so many in a line will wait for one of so many places. */
  turnMs(waiting: number, places: number): number {
    return (this.#all.value * waiting) / places;
  }
}

class MovingMean {
  value = 0;
  #isKnown = false;

  add(value: number): void {
    this.value += this.#isKnown ? (value - this.value) * WEIGHT : value;
    this.#isKnown = true;
  }
}
