import { Injectable } from '@nestjs/common';
import type { PGlite } from '@electric-sql/pglite';
import type { PgPool, PgQueryResult } from 'bullmq';
import { EmbeddedDatabase } from './embedded-database.ts';
import { PgliteClient } from './pglite-client.ts';
import { runQuery } from './run-query.ts';

/** Where BullMQ has its tables when its connection is a pool. */
const SCHEMA = 'bullmq';

/**
 * What BullMQ's PostgreSQL backend needs of a pool of `pg`, over the one embedded database: all clients are the same session.
 * Opens it at the first use, and closes nothing: that is for whoever opened it.
 */
@Injectable()
export class PglitePool implements PgPool {
  /** Nothing can drop a connection unnoticed: BullMQ may wait for notifications for as long as it likes. */
  readonly options = { keepAlive: true };
  #prepared: Promise<unknown> | undefined;

  constructor(private readonly embedded: EmbeddedDatabase) {}

  async query<R = unknown>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> {
    return runQuery<R>(await this.session(), text, params);
  }

  async connect(): Promise<PgliteClient> {
    return new PgliteClient(await this.session());
  }

  end(): Promise<void> {
    return Promise.resolve();
  }

  /** There are no idle connections that could fail, and nothing to hear of new ones. */
  on(_event: string, _listener: (value: never) => void): this {
    return this;
  }

  removeAllListeners(): this {
    return this;
  }

  private async session(): Promise<PGlite> {
    const database = await this.embedded.open();
    this.#prepared ??= database.exec(`SET search_path TO ${SCHEMA}`);
    try {
      await this.#prepared;
    } catch (error) {
      this.#prepared = undefined;
      throw error;
    }
    return database;
  }
}
