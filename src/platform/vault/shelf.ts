import type { Clock } from '../clock.ts';

interface Item<T> {
  readonly value: T;
  readonly expiresAt: number;
}

/** How long what has expired may stay in memory while the shelf is in use, unless its room is needed. */
const SWEEP_EVERY_MS = 60_000;

/**
 * A bounded number of values, each for its time. When there is no room, what would expire first goes. Nobody sees what
 * has expired; it is thrown away by whoever comes next, so that no timer is needed.
 */
export class Shelf<T> {
  readonly #items = new Map<string, Item<T>>();
  #sweepAt = 0;

  constructor(
    private readonly maxItems: number,
    private readonly clock: Clock,
  ) {}

  /** Expired ones that are not thrown away yet included. */
  get size(): number {
    return this.#items.size;
  }

  find(name: string): { readonly value: T; readonly ttlMs: number } | undefined {
    this.sweepNowAndThen();
    const item = this.#items.get(name);
    if (item === undefined) return undefined;
    const ttlMs = item.expiresAt - this.clock.now();
    return ttlMs > 0 ? { value: item.value, ttlMs } : undefined;
  }

  /** Puts it in the place of what bears that name. */
  put(name: string, value: T, ttlMs: number): void {
    this.sweepNowAndThen();
    this.#items.delete(name);
    if (ttlMs <= 0) return;
    if (this.#items.size >= this.maxItems) this.makeRoom();
    this.#items.set(name, { value, expiresAt: this.clock.now() + ttlMs });
  }

  delete(name: string): void {
    this.#items.delete(name);
  }

  private sweepNowAndThen(): void {
    if (this.clock.now() >= this.#sweepAt) this.sweep();
  }

  private makeRoom(): void {
    const first = this.sweep();
    if (first !== undefined && this.#items.size >= this.maxItems) this.#items.delete(first);
  }

  /** Throws away what has expired. @returns what will expire first */
  private sweep(): string | undefined {
    const now = this.clock.now();
    this.#sweepAt = now + SWEEP_EVERY_MS;
    let first: string | undefined;
    let firstExpiresAt = Infinity;
    for (const [name, { expiresAt }] of this.#items) {
      if (expiresAt <= now) this.#items.delete(name);
      else if (expiresAt < firstExpiresAt) [first, firstExpiresAt] = [name, expiresAt];
    }
    return first;
  }
}
