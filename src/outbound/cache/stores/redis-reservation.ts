import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../platform/clock.ts';
import type { RedisGuard } from '../../../platform/redis/redis-guard.ts';
import type { CacheEntry } from '../cache-entry.ts';
import type { Reservation } from './cache-store.ts';
import { ENTRY_PREFIX, EVERYTHING, MARK_PREFIX } from './redis-names.ts';
import type { CacheCommands } from './redis-scripts.ts';
import { LONGEST_KEPT_MS, toStoredFields } from './stored-fields.ts';

/** How long the mark of a tag is there before anything bears it: longer than any call takes. */
const UNUSED_MARK_MS = 2 * 3_600_000;

interface Reserved {
  readonly marks: readonly string[];
  /** Redis's time less ours. */
  readonly aheadMs: number;
}

/** Asks for the marks of its tags at once; nobody waits for them before there is something to keep. */
export class RedisReservation implements Omit<Reservation, 'allows'> {
  readonly #tags: readonly string[];
  readonly #reserved: Promise<Reserved | undefined>;

  constructor(
    tags: readonly string[],
    private readonly commands: CacheCommands,
    private readonly guard: RedisGuard,
    private readonly clock: Clock,
  ) {
    this.#tags = [...new Set([...tags, EVERYTHING])];
    this.#reserved = this.reserve();
  }

  async keep(key: string, entry: CacheEntry): Promise<void> {
    const reserved = await this.#reserved;
    // What bears a tag that was not reserved could not be invalidated by it.
    if (!reserved || !entry.tags.every((tag) => this.#tags.includes(tag))) return;
    const now = this.clock.now();
    const keepMs = Math.floor(Math.min(LONGEST_KEPT_MS, entry.keepMs - (now - entry.receivedAt)));
    if (keepMs < 1) return;
    const { head, body, checksum } = toStoredFields(entry, now);
    const keys = [ENTRY_PREFIX + key, ...this.markKeys];
    const marks = JSON.stringify(this.#tags.map((tag, index) => [tag, reserved.marks[index]]));
    const fields = [marks, head, body, checksum, ...reserved.marks];
    await this.guard.ask(() =>
      this.commands.cacheKeep(keys.length, ...keys, now + reserved.aheadMs, keepMs, ...fields),
    );
  }

  release(): void {
    // Marks that nothing bears expire by themselves.
  }

  private get markKeys(): string[] {
    return this.#tags.map((tag) => MARK_PREFIX + tag);
  }

  private async reserve(): Promise<Reserved | undefined> {
    const keys = this.markKeys;
    const answer = await this.guard.ask(() =>
      this.commands.cacheReserve(keys.length, ...keys, randomUUID(), UNUSED_MARK_MS),
    );
    if (!answer) return undefined;
    const [at, ...marks] = answer.value;
    return { marks, aheadMs: at - this.clock.now() };
  }
}
