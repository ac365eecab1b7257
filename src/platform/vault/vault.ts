/**
 * What a value is kept under. Whoever knows `secret` can read the value, nobody else: it is sealed with a key made from
 * it, and stored under a digest of it.
 */
export interface VaultKey {
  /** What kind of thing it is, such as `session`: part of the name, so that kinds never meet. */
  readonly purpose: string;
  /** Nobody can guess it: whoever reads the store may try out as many as they like. */
  readonly secret: string;
}

export interface Kept {
  readonly value: string;
  /** How much longer it is kept, in ms. */
  readonly ttlMs: number;
}

/** The right to do something alone for a while. */
export interface Lease {
  /** Ends it early; does nothing when it has run out, whether or not somebody else has one. */
  release(): Promise<void>;
}

/**
 * Keeps small secrets for a while: sessions, tokens. In memory, or in Redis for all instances alike.
 * Every method fails with `VaultUnavailable` when the store cannot be reached; nothing waits for it longer than a moment.
 * What was asked may have been done all the same: an answer that is late is not heard.
 *
 * What a store gives back that was not put there with this very key is as if it were not there. Times to live are whole
 * milliseconds, rounded down; nothing is kept for less than one, and nothing for more than 400 days.
 */
export abstract class Vault {
  /** Keeps `value` for `ttlMs`, instead of what was there. */
  abstract put(key: VaultKey, value: string, ttlMs: number): Promise<void>;

  abstract get(key: VaultKey): Promise<Kept | undefined>;

  /** Gets and deletes in one: of many who try, one gets it. */
  abstract take(key: VaultKey): Promise<Kept | undefined>;

  /** From now on it is kept for `ttlMs`; false when it is not there any more. */
  abstract extend(key: VaultKey, ttlMs: number): Promise<boolean>;

  /** Replaces what is there; false, and nothing is kept, when nothing is there any more. */
  abstract replace(key: VaultKey, value: string, ttlMs: number): Promise<boolean>;

  abstract delete(key: VaultKey): Promise<void>;

  /**
   * Undefined while somebody else has it. It ends by itself after `leaseMs`. A lease and a value may have the same key:
   * they know nothing of each other.
   */
  abstract tryLease(key: VaultKey, leaseMs: number): Promise<Lease | undefined>;
}

/** The store behind the vault did not answer. */
export class VaultUnavailable extends Error {
  constructor() {
    super('The store of sessions and tokens cannot be reached');
    this.name = 'VaultUnavailable';
  }
}
