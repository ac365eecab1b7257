import type { CacheEntry } from '../cache-entry.ts';

export type Awaitable<T> = T | Promise<T>;

export interface StoreUsage {
  readonly entries: number;
  readonly bytes: number;
}

/** The right to keep what an upstream is about to answer, unless it is invalidated in the meantime. */
export interface Reservation {
  /** Keeps `entry` under `key`, unless one of its tags was invalidated since the reservation was made. */
  keep(key: string, entry: CacheEntry): Awaitable<void>;
  /** False as soon as one of its tags has been invalidated, as far as this instance knows. */
  allows(entry: CacheEntry): boolean;
  /** To be called when all is over, whether anything was kept or not. */
  release(): void;
}

/**
 * Where stored responses are. A store never fails: what it cannot give is absent, what it cannot keep is lost.
 * Every implementation passes `test/contracts/cache-store.contract.ts`.
 */
export abstract class CacheStore {
  /** Changes with every entry that is forgotten on purpose, here or by another instance: what was made of it is void. */
  abstract readonly generation: number;

  /** What is at hand: entries and their size; undefined where nothing is. */
  get usage(): StoreUsage | undefined {
    return undefined;
  }

  /** What is at hand without waiting. */
  abstract peek(key: string): CacheEntry | undefined;

  /** All there is, also what has to be fetched from elsewhere. */
  abstract get(key: string): Awaitable<CacheEntry | undefined>;

  /** The same, but also when what is at hand is fresh: another instance may have put a newer one there. */
  reread(key: string): Awaitable<CacheEntry | undefined> {
    return this.get(key);
  }

  /**
   * Made before the upstream is asked: an answer from before an invalidation must not outlive it.
   * `tags`: all that the entries to be kept may bear. `isUnlikely`: lately there was nothing to keep; then what takes
   * time is not done for it, and an answer that may be kept after all is kept at hand only. Default false.
   */
  abstract reserve(tags: readonly string[], isUnlikely?: boolean): Reservation;

  /** Forgets one entry. */
  abstract delete(key: string): Awaitable<void>;

  /** Forgets every entry that bears one of `tags`, wherever it is kept; the number of those at hand. */
  abstract invalidate(tags: readonly string[]): Awaitable<number>;

  abstract close(): Promise<void>;
}
