import { randomUUID } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import type { Vault, VaultKey } from '../../platform/vault/vault.ts';

/** How long it is held without being renewed: what a holder that died keeps from the others. */
const HELD_MS = 8_000;

/** Longest that taking it takes; the store is waited for much less. */
const TAKING_MS = 3_000;

/**
 * The right to do something alone for as long as it is renewed. Of many of one name, in all processes that share a
 * vault, one is held at a time; unlike a lease it has no end that is known beforehand.
 */
export class Holding {
  readonly #id = randomUUID();
  readonly #key: VaultKey;
  #heldUntil = -Infinity;

  constructor(
    private readonly vault: Vault,
    private readonly clock: Clock,
    name: string,
  ) {
    this.#key = { purpose: 'holding', secret: name };
  }

  /** Nobody else can have it yet. */
  get isHeld(): boolean {
    return this.clock.now() < this.#heldUntil;
  }

  /** Takes it, or renews it. False when somebody else has it. @throws VaultUnavailable */
  async take(): Promise<boolean> {
    const askedAt = this.clock.now();
    const holder = (await this.vault.get(this.#key))?.value;
    const isOurs = holder === undefined ? await this.claim() : holder === this.#id && (await this.renew());
    this.#heldUntil = isOurs ? askedAt + HELD_MS : -Infinity;
    return isOurs;
  }

  /** Lets somebody else have it. Does nothing when it is not held, or cannot be given back: then it ends by itself. */
  async release(): Promise<void> {
    this.#heldUntil = -Infinity;
    const isOurs = (await this.vault.get(this.#key).catch(() => undefined))?.value === this.#id;
    if (isOurs) await this.vault.delete(this.#key).catch(() => undefined);
  }

  private renew(): Promise<boolean> {
    return this.vault.extend(this.#key, HELD_MS);
  }

  private async claim(): Promise<boolean> {
    const lease = await this.vault.tryLease(this.#key, TAKING_MS);
    if (lease === undefined) return false;
    try {
      if (await this.vault.get(this.#key)) return false;
      await this.vault.put(this.#key, this.#id, HELD_MS);
      return true;
    } finally {
      await lease.release().catch(() => undefined);
    }
  }
}
