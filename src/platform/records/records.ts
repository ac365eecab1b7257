/** A document as it is kept. */
export interface StoredRecord<T> {
  readonly id: string;
  /** Counts the changes, from 1. */
  readonly version: number;
  /** When it was put there, in ms since 1970. */
  readonly createdAt: number;
  readonly value: T;
}

/** A document to keep. */
export interface NewRecord<T> {
  /** 1 to 255 characters; unique in its collection. */
  readonly id: string;
  /** Plain JSON. */
  readonly value: T;
  /** Names of the lists that it is in. Default: none. */
  readonly lists?: readonly string[];
  /** How long it is kept, in ms. Default: until it is deleted. */
  readonly ttlMs?: number;
}

/** What of a document changes. */
export interface Change<T> {
  readonly value: T;
  /** The lists that it is in from now on. Default: those it was in. */
  readonly lists?: readonly string[];
  /** How long it is kept from now on, in ms. Default: for as long as it was to be. */
  readonly ttlMs?: number;
}

/** Where a page of a list ends: what the next one begins after. */
export interface RecordPosition {
  readonly createdAt: number;
  readonly id: string;
}

export interface RecordPage<T> {
  readonly items: readonly StoredRecord<T>[];
  /** Null at the end. */
  readonly next: RecordPosition | null;
}

/**
 * Keeps documents that must outlive the process: in Redis, or in the embedded store. Collections are separate from each other.
 * What is acknowledged survives a kill -9 of this process. Every method fails with `RecordsUnavailable` when the store cannot
 * be reached; what was asked may have been done all the same.
 */
export abstract class Records {
  /** False, and nothing is changed, when there is one of that id already. */
  abstract insert<T>(collection: string, record: NewRecord<T>): Promise<boolean>;

  abstract get<T>(collection: string, id: string): Promise<StoredRecord<T> | undefined>;

  /** False, and nothing is changed, when it is not at that version any more, or gone. */
  abstract replace<T>(collection: string, id: string, version: number, change: Change<T>): Promise<boolean>;

  /** False when there was none. */
  abstract delete(collection: string, id: string): Promise<boolean>;

  /** Those in a list, the newest first; those put there in the same ms by id, descending. `limit` 1 to 1,000. */
  abstract list<T>(
    collection: string,
    list: string,
    page: { readonly limit: number; readonly after?: RecordPosition | undefined },
  ): Promise<RecordPage<T>>;

  /** Those in a list, the oldest first; no more than `limit`, 1 to 1,000. */
  abstract oldest<T>(collection: string, list: string, limit: number): Promise<readonly StoredRecord<T>[]>;

  /** How many are in a list, give or take those that have run out lately. */
  abstract count(collection: string, list: string): Promise<number>;
}

/** The store behind the records did not answer. */
export class RecordsUnavailable extends Error {
  constructor(options?: ErrorOptions) {
    super('The store of background calls and idempotency keys cannot be reached', options);
    this.name = 'RecordsUnavailable';
  }
}
