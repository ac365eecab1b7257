import {
  Records,
  type Change,
  type NewRecord,
  type RecordPage,
  type RecordPosition,
  type StoredRecord,
} from '../../src/platform/records/records.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { checkNames } from '../../src/platform/records/stored-name.ts';
import { toFetchCount, toPage } from '../../src/platform/records/to-page.ts';
import { toWholeTtl } from '../../src/platform/records/whole-ttl.ts';

interface Kept extends StoredRecord<string> {
  readonly lists: readonly string[];
  readonly expiresAt: number;
}

/** Records for tests that are not about where they are kept: in memory, under the same contract. */
export class MemoryRecords extends Records {
  readonly #kept = new Map<string, Kept>();

  constructor(private readonly clock: Clock) {
    super();
  }

  async insert<T>(collection: string, { id, value, lists = [], ttlMs = Infinity }: NewRecord<T>): Promise<boolean> {
    checkNames([id, ...lists]);
    if (this.find(collection, id)) return false;
    const createdAt = this.clock.wallTime();
    const record = { id, version: 1, createdAt, value: JSON.stringify(value), lists };
    this.put(collection, { ...record, expiresAt: this.toExpiry(ttlMs) });
    return true;
  }

  get<T>(collection: string, id: string): Promise<StoredRecord<T> | undefined> {
    const kept = this.find(collection, id);
    return Promise.resolve(kept && toStored<T>(kept));
  }

  async replace<T>(
    collection: string,
    id: string,
    version: number,
    { value, lists, ttlMs }: Change<T>,
  ): Promise<boolean> {
    checkNames(lists ?? []);
    const kept = this.find(collection, id);
    if (kept?.version !== version) return false;
    const expiresAt = ttlMs === undefined ? kept.expiresAt : this.toExpiry(ttlMs);
    const changed = { ...kept, version: version + 1, value: JSON.stringify(value), expiresAt };
    this.put(collection, { ...changed, lists: lists ?? kept.lists });
    return true;
  }

  delete(collection: string, id: string): Promise<boolean> {
    const isThere = this.find(collection, id) !== undefined;
    this.#kept.delete(toKey(collection, id));
    return Promise.resolve(isThere);
  }

  async list<T>(
    collection: string,
    list: string,
    { limit, after }: { readonly limit: number; readonly after?: RecordPosition | undefined },
  ): Promise<RecordPage<T>> {
    const count = toFetchCount(limit);
    const all = this.inList(collection, list).sort(newestFirst);
    const rest = after ? all.filter((one) => newestFirst(after, one) < 0) : all;
    return toPage(
      rest.slice(0, count).map((kept) => toStored<T>(kept)),
      limit,
    );
  }

  oldest<T>(collection: string, list: string, limit: number): Promise<StoredRecord<T>[]> {
    const all = this.inList(collection, list).sort((a, b) => newestFirst(b, a));
    return Promise.resolve(all.slice(0, toFetchCount(limit) - 1).map((kept) => toStored<T>(kept)));
  }

  count(collection: string, list: string): Promise<number> {
    return Promise.resolve(this.inList(collection, list).length);
  }

  private toExpiry(ttlMs: number): number {
    return ttlMs === Infinity ? Infinity : this.clock.wallTime() + toWholeTtl(ttlMs);
  }

  private inList(collection: string, list: string): Kept[] {
    const all = [...this.#kept.values()];
    return all.filter((kept) => kept.lists.includes(list) && this.find(collection, kept.id) === kept);
  }

  private find(collection: string, id: string): Kept | undefined {
    const kept = this.#kept.get(toKey(collection, id));
    return kept && kept.expiresAt > this.clock.wallTime() ? kept : undefined;
  }

  private put(collection: string, kept: Kept): void {
    this.#kept.set(toKey(collection, kept.id), kept);
  }
}

const toKey = (collection: string, id: string): string => JSON.stringify([collection, id]);

const toStored = <T>({ id, version, createdAt, value }: Kept): StoredRecord<T> => ({
  id,
  version,
  createdAt,
  value: JSON.parse(value) as T,
});

const newestFirst = (a: RecordPosition, b: RecordPosition): number =>
  b.createdAt - a.createdAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
