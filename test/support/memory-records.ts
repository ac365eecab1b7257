import {
  Records,
  type Change,
  type NewRecord,
  type RecordPage,
  type RecordPosition,
  type StoredRecord,
} from '../../src/platform/records/records.ts';
import type { Clock } from '../../src/platform/clock.ts';

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

  insert<T>(collection: string, { id, value, lists = [], ttlMs = Infinity }: NewRecord<T>): Promise<boolean> {
    if (this.find(collection, id)) return Promise.resolve(false);
    const createdAt = this.clock.wallTime();
    this.put(collection, {
      id,
      version: 1,
      createdAt,
      value: JSON.stringify(value),
      lists,
      expiresAt: createdAt + ttlMs,
    });
    return Promise.resolve(true);
  }

  get<T>(collection: string, id: string): Promise<StoredRecord<T> | undefined> {
    const kept = this.find(collection, id);
    return Promise.resolve(kept && toStored<T>(kept));
  }

  replace<T>(collection: string, id: string, version: number, { value, lists, ttlMs }: Change<T>): Promise<boolean> {
    const kept = this.find(collection, id);
    if (kept?.version !== version) return Promise.resolve(false);
    const expiresAt = ttlMs === undefined ? kept.expiresAt : this.clock.wallTime() + ttlMs;
    const changed = { ...kept, version: version + 1, value: JSON.stringify(value), expiresAt };
    this.put(collection, { ...changed, lists: lists ?? kept.lists });
    return Promise.resolve(true);
  }

  delete(collection: string, id: string): Promise<boolean> {
    return Promise.resolve(this.#kept.delete(toKey(collection, id)));
  }

  list<T>(
    collection: string,
    list: string,
    { limit, after }: { readonly limit: number; readonly after?: RecordPosition | undefined },
  ): Promise<RecordPage<T>> {
    const all = this.inList(collection, list).sort(newestFirst);
    const rest = after ? all.filter((one) => newestFirst(after, one) < 0) : all;
    const items = rest.slice(0, limit).map((kept) => toStored<T>(kept));
    const last = items.at(-1);
    const next = last && rest.length > limit ? { createdAt: last.createdAt, id: last.id } : null;
    return Promise.resolve({ items, next });
  }

  count(collection: string, list: string): Promise<number> {
    return Promise.resolve(this.inList(collection, list).length);
  }

  private inList(collection: string, list: string): Kept[] {
    const prefix = toKey(collection, '');
    const all = [...this.#kept].filter(([key]) => key.startsWith(prefix)).map(([, kept]) => kept);
    return all.filter(({ lists, id }) => lists.includes(list) && this.find(collection, id));
  }

  private find(collection: string, id: string): Kept | undefined {
    const kept = this.#kept.get(toKey(collection, id));
    return kept && kept.expiresAt > this.clock.wallTime() ? kept : undefined;
  }

  private put(collection: string, kept: Kept): void {
    this.#kept.set(toKey(collection, kept.id), kept);
  }
}

const toKey = (collection: string, id: string): string => `${collection} ${id}`;

const toStored = <T>({ id, version, createdAt, value }: Kept): StoredRecord<T> => ({
  id,
  version,
  createdAt,
  value: JSON.parse(value) as T,
});

const newestFirst = (a: RecordPosition, b: RecordPosition): number =>
  b.createdAt - a.createdAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
