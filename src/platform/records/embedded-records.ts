import type { PGlite } from '@electric-sql/pglite';
import type { Clock } from '../clock.ts';
import type { EmbeddedDatabase } from '../embedded/embedded-database.ts';
import type { Log } from '../logging/log.ts';
import { toStored, type Row } from './embedded-row.ts';
import { COUNT, DELETE, GET, INSERT, LIST, OLDEST, REPLACE, SCHEMA, SWEEP } from './embedded-schema.ts';
import {
  Records,
  RecordsUnavailable,
  type Change,
  type NewRecord,
  type RecordPage,
  type RecordPosition,
  type StoredRecord,
} from './records.ts';
import { checkNames, toStoredName } from './stored-name.ts';
import { toFetchCount, toPage } from './to-page.ts';
import { toWholeTtl } from './whole-ttl.ts';

const SWEEP_EVERY_INSERTS = 100;
const SWEEP_EVERY_MS = 60_000;
/** More than can run out between two sweeps while others are put there; less than anybody would wait for. */
const SWEPT_AT_ONCE = 500;

/** Records in the PostgreSQL inside this process, opened and prepared at the first use. Time is that of the clock. */
export class EmbeddedRecords extends Records {
  #prepared: Promise<unknown> | undefined;
  #inserts = 0;
  #sweptAt = -Infinity;
  #isLost = false;

  constructor(
    private readonly database: EmbeddedDatabase,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    super();
  }

  async insert<T>(collection: string, { id, value, lists = [], ttlMs = Infinity }: NewRecord<T>): Promise<boolean> {
    checkNames([id, ...lists]);
    await this.sweepNowAndThen();
    const values = [toStoredNames(lists), JSON.stringify(value)];
    return this.change(INSERT, [...this.toKey(collection, id), this.toExpiry(ttlMs), ...values]);
  }

  async get<T>(collection: string, id: string): Promise<StoredRecord<T> | undefined> {
    const [row] = await this.ask<Row>(GET, this.toKey(collection, id));
    return row && toStored<T>(row);
  }

  async replace<T>(
    collection: string,
    id: string,
    version: number,
    { value, lists, ttlMs }: Change<T>,
  ): Promise<boolean> {
    checkNames(lists ?? []);
    const expiry = ttlMs === undefined ? [false, null] : [true, this.toExpiry(ttlMs)];
    const values = [version, JSON.stringify(value), lists ? toStoredNames(lists) : null, ...expiry];
    return this.change(REPLACE, [...this.toKey(collection, id), ...values]);
  }

  delete(collection: string, id: string): Promise<boolean> {
    return this.change(DELETE, this.toKey(collection, id));
  }

  async list<T>(
    collection: string,
    list: string,
    { limit, after }: { readonly limit: number; readonly after?: RecordPosition | undefined },
  ): Promise<RecordPage<T>> {
    const position = after ? [after.createdAt, toStoredName(after.id)] : [null, null];
    const rows = await this.ask<Row>(LIST, [...this.toKey(collection, list), toFetchCount(limit), ...position]);
    return toPage(rows.map(toStored<T>), limit);
  }

  async oldest<T>(collection: string, list: string, limit: number): Promise<StoredRecord<T>[]> {
    const rows = await this.ask<Row>(OLDEST, [...this.toKey(collection, list), toFetchCount(limit) - 1]);
    return rows.map(toStored<T>);
  }

  async count(collection: string, list: string): Promise<number> {
    await this.sweep();
    const [row] = await this.ask<{ count: number }>(COUNT, [toStoredName(collection), toStoredName(list)]);
    return row?.count ?? 0;
  }

  private toKey(collection: string, name: string): [collection: string, name: string, now: number] {
    return [toStoredName(collection), toStoredName(name), this.clock.wallTime()];
  }

  private toExpiry(ttlMs: number): number | null {
    return ttlMs === Infinity ? null : this.clock.wallTime() + toWholeTtl(ttlMs);
  }

  private async sweepNowAndThen(): Promise<void> {
    this.#inserts += 1;
    const isDue = this.clock.now() - this.#sweptAt >= SWEEP_EVERY_MS;
    if (isDue || this.#inserts % SWEEP_EVERY_INSERTS === 0) await this.sweep();
  }

  private async sweep(): Promise<void> {
    this.#sweptAt = this.clock.now();
    await this.ask(SWEEP, [this.clock.wallTime(), SWEPT_AT_ONCE]);
  }

  private async change(statement: string, values: unknown[]): Promise<boolean> {
    const [row] = await this.ask<{ changed: number }>(statement, values);
    return row?.changed === 1;
  }

  private async ask<R>(statement: string, values: unknown[]): Promise<R[]> {
    try {
      const { rows } = await (await this.prepare()).query<R>(statement, values);
      this.#isLost = false;
      return rows;
    } catch (error) {
      if (!this.#isLost) this.log.error({ error }, 'The embedded store does not answer');
      this.#isLost = true;
      throw new RecordsUnavailable({ cause: error });
    }
  }

  private async prepare(): Promise<PGlite> {
    const database = await this.database.open();
    this.#prepared ??= database.exec(SCHEMA);
    try {
      await this.#prepared;
      return database;
    } catch (error) {
      this.#prepared = undefined;
      throw error;
    }
  }
}

const toStoredNames = (names: readonly string[]): string[] => [...new Set(names)].map(toStoredName);
