import type { Clock } from '../clock.ts';
import { toLeaseName, toName } from './names.ts';
import { Shelf } from './shelf.ts';
import { Vault, type Kept, type Lease, type VaultKey } from './vault.ts';
import { toWholeTtl } from './whole-ttl.ts';

const MAX_ITEMS = 10_000;

/**
 * A vault of this process alone: nothing is sealed, as nobody else reads it, and nothing outlives it. It holds 10,000
 * values of each purpose, so that many of one kind push out none of another. Never unavailable.
 */
export class MemoryVault extends Vault {
  readonly #values = new Map<string, Shelf<string>>();
  readonly #leases = new Map<string, Shelf<Lease>>();

  /** `maxItems`: of each purpose. */
  constructor(
    private readonly clock: Clock,
    private readonly maxItems: number = MAX_ITEMS,
  ) {
    super();
  }

  put(key: VaultKey, value: string, ttlMs: number): Promise<void> {
    this.shelfOf(this.#values, key).put(toName(key), value, toWholeTtl(ttlMs));
    return Promise.resolve();
  }

  get(key: VaultKey): Promise<Kept | undefined> {
    return Promise.resolve(this.shelfOf(this.#values, key).find(toName(key)));
  }

  async take(key: VaultKey): Promise<Kept | undefined> {
    // Nothing comes between: both are done before anybody waits.
    const [found] = await Promise.all([this.get(key), this.delete(key)]);
    return found;
  }

  async extend(key: VaultKey, ttlMs: number): Promise<boolean> {
    const found = this.shelfOf(this.#values, key).find(toName(key));
    if (found) await this.put(key, found.value, ttlMs);
    return found !== undefined;
  }

  async replace(key: VaultKey, value: string, ttlMs: number): Promise<boolean> {
    const found = this.shelfOf(this.#values, key).find(toName(key));
    if (found) await this.put(key, value, ttlMs);
    return found !== undefined;
  }

  delete(key: VaultKey): Promise<void> {
    this.shelfOf(this.#values, key).delete(toName(key));
    return Promise.resolve();
  }

  tryLease(key: VaultKey, leaseMs: number): Promise<Lease | undefined> {
    const name = toLeaseName(key);
    const leases = this.shelfOf(this.#leases, key);
    if (leases.find(name)) return Promise.resolve(undefined);
    const lease: Lease = {
      release: () => {
        if (leases.find(name)?.value === lease) leases.delete(name);
        return Promise.resolve();
      },
    };
    leases.put(name, lease, toWholeTtl(leaseMs));
    return Promise.resolve(lease);
  }

  private shelfOf<T>(shelves: Map<string, Shelf<T>>, { purpose }: VaultKey): Shelf<T> {
    const shelf = shelves.get(purpose) ?? new Shelf<T>(this.maxItems, this.clock);
    shelves.set(purpose, shelf);
    return shelf;
  }
}
