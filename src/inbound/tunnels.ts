/** The upgraded connections of a server, for when it stops. */
export class Tunnels {
  readonly #stops = new Set<() => void>();
  #areEnding = false;

  /** @param stop ends a tunnel; called in a moment when all are ending already */
  add(stop: () => void): void {
    this.#stops.add(stop);
    if (this.#areEnding) queueMicrotask(stop);
  }

  remove(stop: () => void): void {
    this.#stops.delete(stop);
  }

  /** Tells every tunnel to end, and those that begin later. */
  endAll(): void {
    this.#areEnding = true;
    for (const stop of this.#stops) stop();
  }
}
