import type { Redis } from 'ioredis';
import type { RedisGuard } from '../redis/redis-guard.ts';
import {
  Records,
  RecordsUnavailable,
  type Change,
  type NewRecord,
  type RecordPage,
  type RecordPosition,
  type StoredRecord,
} from './records.ts';
import { toRecordKeys } from './record-keys.ts';
import { defineScripts, type FoundFields, type RecordCommands } from './redis-scripts.ts';
import { checkNames, fromStoredName, toStoredName } from './stored-name.ts';
import { toFetchCount, toPage } from './to-page.ts';
import { toWholeTtl } from './whole-ttl.ts';

/** Records that all instances share, in Redis or Valkey. They live as long as it keeps its data. */
export class RedisRecords extends Records {
  readonly #commands: RecordCommands;

  /** The connection is closed by whoever opened it. */
  constructor(
    private readonly redis: Redis,
    private readonly guard: RedisGuard,
  ) {
    super();
    this.#commands = defineScripts(redis);
  }

  async insert<T>(collection: string, { id, value, lists = [], ttlMs = Infinity }: NewRecord<T>): Promise<boolean> {
    checkNames([id, ...lists]);
    const { doc, docs, expiries, mark } = toRecordKeys(collection, id);
    const [json, ttl] = [JSON.stringify(value), ttlMs === Infinity ? '' : toTtl(ttlMs)];
    return (await this.ask(() => this.#commands.recordInsert(doc, expiries, docs, json, mark(lists), ttl))) === 1;
  }

  async get<T>(collection: string, id: string): Promise<StoredRecord<T> | undefined> {
    const { doc } = toRecordKeys(collection, id);
    return toStored<T>(
      id,
      await this.ask(() => this.redis.hmget(doc, 'v', 'c', 'd') as Promise<unknown> as Promise<FoundFields>),
    );
  }

  async replace<T>(
    collection: string,
    id: string,
    version: number,
    { value, lists, ttlMs }: Change<T>,
  ): Promise<boolean> {
    checkNames(lists ?? []);
    const { doc, expiries, mark } = toRecordKeys(collection, id);
    const [json, ttl] = [JSON.stringify(value), ttlMs === undefined ? '' : toTtl(ttlMs)];
    const change = [String(version), json, lists ? mark(lists) : '', ttl] as const;
    return (await this.ask(() => this.#commands.recordReplace(doc, expiries, ...change))) === 1;
  }

  async delete(collection: string, id: string): Promise<boolean> {
    const { doc, expiries } = toRecordKeys(collection, id);
    return (await this.ask(() => this.#commands.recordDelete(doc, expiries))) === 1;
  }

  async list<T>(
    collection: string,
    list: string,
    { limit, after }: { readonly limit: number; readonly after?: RecordPosition | undefined },
  ): Promise<RecordPage<T>> {
    const { docs, expiries, toList } = toRecordKeys(collection);
    const position = after ? ([String(after.createdAt), toStoredName(after.id)] as const) : (['', ''] as const);
    const count = toFetchCount(limit);
    const found = await this.ask(() => this.#commands.recordList(toList(list), expiries, docs, count, ...position));
    const items = found.flatMap(([stored, ...fields]) => toStored<T>(fromStoredName(stored), fields) ?? []);
    return toPage(items, limit);
  }

  async oldest<T>(collection: string, list: string, limit: number): Promise<StoredRecord<T>[]> {
    const { docs, expiries, toList } = toRecordKeys(collection);
    const count = toFetchCount(limit) - 1;
    const found = await this.ask(() => this.#commands.recordOldest(toList(list), expiries, docs, count));
    return found.flatMap(([stored, ...fields]) => toStored<T>(fromStoredName(stored), fields) ?? []);
  }

  count(collection: string, list: string): Promise<number> {
    const { docs, expiries, toList } = toRecordKeys(collection);
    return this.ask(() => this.#commands.recordCount(toList(list), expiries, docs));
  }

  private async ask<T>(question: () => Promise<T>): Promise<T> {
    const answer = await this.guard.ask(question);
    if (!answer) throw new RecordsUnavailable();
    return answer.value;
  }
}

const toTtl = (ttlMs: number): string => (ttlMs === Infinity ? 'none' : String(toWholeTtl(ttlMs)));

const toStored = <T>(id: string, [version, createdAt, value]: FoundFields): StoredRecord<T> | undefined =>
  version === null || value === null
    ? undefined
    : { id, version: Number(version), createdAt: Number(createdAt), value: JSON.parse(value) as T };
