import { LRUCache } from 'lru-cache';
import type { Clock } from '../../../platform/clock.ts';
import type { CacheEntry } from '../cache-entry.ts';
import type { CacheOptions } from '../cache.config.ts';
import { CacheStore, type Reservation, type StoreUsage } from './cache-store.ts';
import { entrySize } from './entry-size.ts';
import { Invalidations } from './invalidations.ts';
import { TagIndex } from './tag-index.ts';

export interface MemoryReservation extends Reservation {
  /** Whether `entry` may still be kept and used. */
  allows(entry: CacheEntry): boolean;
}

/** Entries of this process, the least recently used of which go first. */
export class MemoryStore extends CacheStore {
  readonly #entries: LRUCache<string, CacheEntry>;
  readonly #tags = new TagIndex();
  readonly #invalidations = new Invalidations();
  readonly #maxEntryBytes: number;
  #generation = 0;

  constructor(
    { maxEntries, maxBytes, maxEntryBytes }: CacheOptions,
    private readonly clock: Clock,
  ) {
    super();
    // The LRU takes 0 for no limit.
    this.#maxEntryBytes = maxEntries === 0 ? 0 : Math.min(maxEntryBytes, maxBytes);
    this.#entries = new LRUCache({
      max: Math.max(1, maxEntries),
      maxSize: Math.max(1, maxBytes),
      dispose: (entry, key) => this.#tags.remove(key, entry.tags),
    });
  }

  get generation(): number {
    return this.#generation;
  }

  /** Entries, and different tags among them. */
  get counts(): { readonly entries: number; readonly tags: number } {
    return { entries: this.#entries.size, tags: this.#tags.size };
  }

  override get usage(): StoreUsage {
    return { entries: this.#entries.size, bytes: this.#entries.calculatedSize };
  }

  peek(key: string): CacheEntry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || this.clock.now() - entry.receivedAt < entry.keepMs) return entry;
    this.#entries.delete(key);
    return undefined;
  }

  get(key: string): CacheEntry | undefined {
    return this.peek(key);
  }

  reserve(tags: readonly string[]): MemoryReservation {
    const reservedAt = this.#invalidations.now;
    const allows = (entry: CacheEntry): boolean =>
      !this.#invalidations.hit(tags, reservedAt) && !this.#invalidations.hit(entry.tags, reservedAt);
    return {
      allows,
      keep: (key, entry) => (allows(entry) ? this.keep(key, entry) : undefined),
      // Nothing was taken: a reservation is a moment in the order of invalidations.
      release: () => undefined,
    };
  }

  delete(key: string): void {
    this.#generation += 1;
    this.#entries.delete(key);
  }

  invalidate(tags: readonly string[]): number {
    this.#generation += 1;
    this.#invalidations.note(tags);
    let forgotten = 0;
    for (const tag of tags) for (const key of this.#tags.keysOf(tag)) forgotten += this.forget(key);
    return forgotten;
  }

  /** Forgets everything, and keeps nothing that is still under way. @returns how many entries there were */
  clear(): number {
    this.#generation += 1;
    this.#invalidations.noteAll();
    const { size } = this.#entries;
    this.#entries.clear();
    return size;
  }

  close(): Promise<void> {
    this.clear();
    return Promise.resolve();
  }

  /** Signposts are none of the answers that anybody counts. */
  private forget(key: string): number {
    const entry = this.#entries.peek(key);
    this.#entries.delete(key);
    return entry === undefined || entry.variesOn ? 0 : 1;
  }

  private keep(key: string, entry: CacheEntry): void {
    const size = entrySize(key, entry);
    // What it replaces is outdated, whether there is room for it or not.
    if (size > this.#maxEntryBytes) return this.delete(key);
    this.#entries.set(key, entry, { size });
    this.#tags.add(key, entry.tags);
  }
}
