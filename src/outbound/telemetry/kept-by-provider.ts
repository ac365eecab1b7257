import type { ProviderRegistry } from '../provider-registry.ts';

/** A file of routes may lead to 1,000 upstreams; whoever reloads it may rename them. */
const MAX_PROVIDERS = 1_200;

/** What is kept of each provider. Those that are no more are forgotten when there is no room for one that is. */
export class KeptByProvider<T> implements Iterable<[name: string, kept: T]> {
  readonly #kept = new Map<string, T>();

  constructor(private readonly registry: ProviderRegistry) {}

  get(name: string): T | undefined {
    return this.#kept.get(name);
  }

  /** Does nothing where there is no room. */
  set(name: string, value: T): void {
    if (this.#kept.has(name) || this.hasRoom(name)) this.#kept.set(name, value);
  }

  [Symbol.iterator](): MapIterator<[name: string, kept: T]> {
    return this.#kept.entries();
  }

  private hasRoom(name: string): boolean {
    if (this.#kept.size < MAX_PROVIDERS) return true;
    // A call of one that is no more may still come to its end.
    if (this.registry.find(name) === undefined) return false;
    for (const known of this.#kept.keys()) if (this.registry.find(known) === undefined) this.#kept.delete(known);
    return this.#kept.size < MAX_PROVIDERS;
  }
}
