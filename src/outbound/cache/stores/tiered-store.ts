import type { Clock } from '../../../platform/clock.ts';
import type { CacheEntry } from '../cache-entry.ts';
import { CacheStore, type Awaitable, type Reservation, type StoreUsage } from './cache-store.ts';
import type { Forgotten } from './forgotten.ts';
import type { MemoryStore } from './memory-store.ts';
import { EVERYTHING } from './redis-names.ts';

/** By how much the ages of one entry may differ, as two instances see it. */
const CLOCKS_ERR_MS = 100;

/** Memory in front of a store that instances share: no request waits for that one, except for what memory lacks. */
export class TieredStore extends CacheStore {
  /** What is being read from behind: many who want the same read it once. */
  readonly #reads = new Map<string, Promise<CacheEntry | undefined>>();
  readonly #closing: (() => void)[] = [];

  /** @param behind never rejects, and answers soon */
  constructor(
    private readonly front: MemoryStore,
    private readonly behind: CacheStore,
    private readonly clock: Clock,
  ) {
    super();
  }

  get generation(): number {
    return this.front.generation;
  }

  override get usage(): StoreUsage {
    return this.front.usage;
  }

  peek(key: string): CacheEntry | undefined {
    return this.front.peek(key);
  }

  get(key: string): Awaitable<CacheEntry | undefined> {
    const entry = this.front.peek(key);
    // What is stale here may have been fetched anew by another instance.
    return this.isFresh(entry) ? entry : (this.#reads.get(key) ?? this.startReading(key));
  }

  override reread(key: string): Promise<CacheEntry | undefined> {
    return this.#reads.get(key) ?? this.startReading(key);
  }

  reserve(tags: readonly string[], isUnlikely = false): Reservation {
    const front = this.front.reserve(tags);
    const behind = isUnlikely ? undefined : this.behind.reserve(tags);
    return {
      allows: (entry) => front.allows(entry),
      keep: (key, entry) => {
        if (!front.allows(entry)) return;
        this.#reads.delete(key);
        void front.keep(key, entry);
        // Where it was unlikely, what is behind is another instance's, and maybe newer.
        void behind?.keep(key, entry);
      },
      release: () => (front.release(), behind?.release()),
    };
  }

  delete(key: string): void {
    this.#reads.delete(key);
    this.front.delete(key);
    void this.behind.delete(key);
  }

  async invalidate(tags: readonly string[]): Promise<number> {
    const forgotten = this.invalidateFront(tags);
    await this.behind.invalidate(tags);
    return forgotten;
  }

  /** Another instance has forgotten this, also in the store behind. */
  forget({ tags, keys }: Forgotten): void {
    this.invalidateFront(tags);
    for (const key of keys) {
      this.#reads.delete(key);
      this.front.delete(key);
    }
  }

  /** What others have forgotten may have been missed. */
  forgetAll(): void {
    this.invalidateFront([EVERYTHING]);
  }

  /** Runs `task` when it is closed. */
  onClose(task: () => void): void {
    this.#closing.push(task);
  }

  async close(): Promise<void> {
    for (const task of this.#closing) task();
    await this.front.close();
    await this.behind.close();
  }

  private invalidateFront(tags: readonly string[]): number {
    return tags.includes(EVERYTHING) ? this.front.clear() : this.front.invalidate(tags);
  }

  private startReading(key: string): Promise<CacheEntry | undefined> {
    const isWanted = (): boolean => this.#reads.get(key) === reading;
    const reading = this.read(key, isWanted).finally(() => {
      if (isWanted()) this.#reads.delete(key);
    });
    this.#reads.set(key, reading);
    return reading;
  }

  private isFresh(entry: CacheEntry | undefined): boolean {
    return entry !== undefined && entry.ttlAt(this.clock.now()) > 0;
  }

  /** What is fresh here is replaced by what came later only: else what was made of it would be lost. */
  private isBetter(found: CacheEntry, own: CacheEntry): boolean {
    return this.isFresh(found) && (!this.isFresh(own) || found.receivedAt - own.receivedAt > CLOCKS_ERR_MS);
  }

  private async read(key: string, isWanted: () => boolean): Promise<CacheEntry | undefined> {
    const reservation = this.front.reserve([]);
    const found = await this.behind.get(key);
    const own = this.front.peek(key);
    if (found === undefined || !reservation.allows(found) || (own && !this.isBetter(found, own))) return own;
    if (!isWanted()) return own ?? found;
    await reservation.keep(key, found);
    return found;
  }
}
