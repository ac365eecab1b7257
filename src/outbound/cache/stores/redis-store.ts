import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Clock } from '../../../platform/clock.ts';
import type { RedisGuard } from '../../../platform/redis/redis-guard.ts';
import type { CacheEntry } from '../cache-entry.ts';
import { CacheStore, type Reservation } from './cache-store.ts';
import { entrySize } from './entry-size.ts';
import { ForgottenLater } from './forgotten-later.ts';
import { toMessage, type Forgotten } from './forgotten.ts';
import { CHANNEL, ENTRY_PREFIX, MARK_PREFIX } from './redis-names.ts';
import { RedisReservation } from './redis-reservation.ts';
import { defineScripts, type CacheCommands } from './redis-scripts.ts';
import { toEntry } from './stored-fields.ts';

/** Entries that all instances share, in Redis or Valkey. Their ages are measured by Redis's clock alone. */
export class RedisStore extends CacheStore {
  /** Tells this instance's messages from those of others. */
  readonly instance = randomUUID();
  readonly #commands: CacheCommands;
  readonly #forgottenLater: ForgottenLater;

  /** The connection is closed by whoever opened it. */
  constructor(
    private readonly redis: Redis,
    private readonly guard: RedisGuard,
    private readonly clock: Clock,
    private readonly maxEntryBytes: number,
  ) {
    super();
    this.#commands = defineScripts(redis);
    this.#forgottenLater = new ForgottenLater((forgotten) => this.tell(forgotten), guard, clock);
    redis.on('ready', () => void this.resume());
    if (redis.status === 'ready') void this.resume();
  }

  /** Nothing is at hand that something could be made of. */
  get generation(): number {
    return 0;
  }

  /** Nothing is at hand. */
  peek(): undefined {
    return undefined;
  }

  async get(key: string): Promise<CacheEntry | undefined> {
    if (this.#forgottenLater.isPending) return undefined;
    const name = ENTRY_PREFIX + key;
    const askedAt = this.clock.now();
    const answer = await this.guard.ask(() => this.#commands.cacheFindBuffer(name, MARK_PREFIX, this.maxEntryBytes));
    if (!answer?.value) return undefined;
    const entry = toEntry(answer.value, askedAt);
    // Garbage would be read again and again.
    if (!entry) await this.guard.ask(() => this.redis.unlink(name));
    return entry;
  }

  /** `tags`: all that the entries kept may bear; what bears others is not kept. */
  reserve(tags: readonly string[]): Reservation {
    const reservation = new RedisReservation(tags, this.#commands, this.guard, this.clock);
    return {
      // Only Redis knows, and says so when something is kept.
      allows: () => true,
      // What it replaces is outdated, whether there is room for it or not.
      keep: (key, entry) =>
        entrySize(key, entry) > this.maxEntryBytes ? this.delete(key) : reservation.keep(key, entry),
      release: () => reservation.release(),
    };
  }

  delete(key: string): Promise<void> {
    return this.#forgottenLater.forget({ tags: [], keys: [key] });
  }

  async invalidate(tags: readonly string[]): Promise<number> {
    if (tags.length > 0) await this.#forgottenLater.forget({ tags, keys: [] });
    return 0;
  }

  close(): Promise<void> {
    this.#forgottenLater.stop();
    return Promise.resolve();
  }

  /** Redis is connected, as the guard has heard before us: it asks again, and this is the question that finds out. */
  private async resume(): Promise<void> {
    await this.guard.ask(() => this.redis.ping());
    await this.#forgottenLater.carryOut();
  }

  /** Whether Redis has forgotten it and has told all other instances. */
  private async tell(forgotten: Forgotten): Promise<boolean> {
    const marks = forgotten.tags.map((tag) => MARK_PREFIX + tag);
    const keys = [...marks, ...forgotten.keys.map((key) => ENTRY_PREFIX + key)];
    const message = toMessage(this.instance, forgotten);
    const told = await this.guard.ask(() => this.#commands.cacheForget(keys.length, ...keys, CHANNEL, message));
    return told !== undefined;
  }
}
