import { EventEmitter } from 'node:events';
import type { PGlite } from '@electric-sql/pglite';
import type { PgPoolClient, PgQueryResult } from 'bullmq';
import { holdTransaction, type HeldTransaction } from './hold-transaction.ts';
import { runQuery } from './run-query.ts';

const LISTEN = /^(?:\s|--[^\n]*\n)*LISTEN\s+(\w+)\s*;?\s*$/i;
const BEGIN = /^\s*BEGIN\s*;?\s*$/i;
const END = /^\s*(COMMIT|ROLLBACK)\s*;?\s*$/i;

const NOTHING: PgQueryResult<never> = { rows: [], rowCount: null };

/**
 * A client of `pg` as BullMQ uses it: queries, transactions, and `notification` for what it listens to. From BEGIN to COMMIT
 * or ROLLBACK nobody else's queries come between, for they would be part of the transaction.
 */
export class PgliteClient extends EventEmitter implements PgPoolClient {
  readonly #unlisten = new Map<string, () => Promise<void>>();
  #transaction: HeldTransaction | undefined;

  constructor(private readonly database: PGlite) {
    super();
  }

  async query<R = unknown>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> {
    const channel = LISTEN.exec(text)?.[1];
    if (channel !== undefined) return this.listen(channel);
    if (BEGIN.test(text)) return this.begin();
    const end = END.exec(text)?.[1];
    if (end !== undefined) return this.finish(end.toUpperCase() === 'COMMIT');
    return runQuery<R>(this.#transaction?.session ?? this.database, text, params);
  }

  /** Ends what it listens to, and the transaction that it left open. */
  release(): void {
    const ended = [...this.#unlisten.values()].map((unlisten) => unlisten());
    this.#unlisten.clear();
    // The database may be closed already, and then there is nothing to end.
    void Promise.allSettled([...ended, this.finish(false)]);
  }

  private async listen(channel: string): Promise<PgQueryResult<never>> {
    if (this.#unlisten.has(channel)) return NOTHING;
    const notify = (payload: string): void => void this.emit('notification', { channel, payload });
    this.#unlisten.set(channel, await this.database.listen(channel, notify));
    return NOTHING;
  }

  private async begin(): Promise<PgQueryResult<never>> {
    if (this.#transaction) throw new Error('There is a transaction in progress already');
    this.#transaction = await holdTransaction(this.database);
    return NOTHING;
  }

  private async finish(isToCommit: boolean): Promise<PgQueryResult<never>> {
    const transaction = this.#transaction;
    this.#transaction = undefined;
    await transaction?.finish(isToCommit);
    return NOTHING;
  }
}
