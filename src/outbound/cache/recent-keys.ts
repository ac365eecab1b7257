import type { Clock } from '../../platform/clock.ts';

/** Keys noted a short while ago: at most so many, the newest. */
export class RecentKeys {
  readonly #until = new Map<string, number>();

  constructor(
    private readonly limits: { readonly maxKeys: number; readonly keepMs: number },
    private readonly clock: Clock,
  ) {}

  add(key: string): void {
    const until = this.clock.now() + this.limits.keepMs;
    // Noted a moment ago: moving it once more would tell nothing.
    if ((this.#until.get(key) ?? 0) > until - this.limits.keepMs / 10) return;
    this.#until.delete(key);
    if (this.#until.size >= this.limits.maxKeys) this.#until.delete(this.#until.keys().next().value!);
    this.#until.set(key, until);
  }

  has(key: string): boolean {
    const until = this.#until.get(key);
    return until !== undefined && this.clock.now() < until;
  }

  delete(key: string): void {
    this.#until.delete(key);
  }
}
