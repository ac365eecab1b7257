import type { KeptCall } from './remarkable-calls.ts';

/** Of each provider: they are all alike. */
const MAX_EACH = 10;

/** Those whose calls were kept from them last. */
const MAX_PROVIDERS = 20;

/** The last remarkable calls of which nothing was sent: refused, mostly. An outage makes many, and must not crowd out its cause. */
export class UnsentCalls {
  /** The newest first, of each provider; that of the newest last. */
  readonly #kept = new Map<string, readonly KeptCall[]>();

  note(call: KeptCall): void {
    const { provider } = call.receipt;
    const earlier = this.#kept.get(provider) ?? [];
    this.#kept.delete(provider);
    this.#kept.set(provider, [call, ...earlier.slice(0, MAX_EACH - 1)]);
    const [longestAgo] = this.#kept.keys();
    if (this.#kept.size > MAX_PROVIDERS) this.#kept.delete(longestAgo!);
  }

  /** The newest first. */
  list(): KeptCall[] {
    return [...this.#kept.values()].flat().sort((one, other) => other.id - one.id);
  }
}
