import type { Processor } from 'bullmq';
import { OperatorMistake } from '../../platform/config/operator-mistake.ts';
import type { EmbeddedDatabase } from '../../platform/embedded/embedded-database.ts';
import type { PglitePool } from '../../platform/embedded/pglite-pool.ts';
import { RecordsUnavailable } from '../../platform/records/records.ts';
import { QueueHome, type OpenQueue, type OpenWorker } from './queue-home.ts';
import { LONE_WORKER_OPTIONS, QUEUE_NAME, QUEUE_OPTIONS } from './queue-options.ts';

/** Nobody else works on this store: what is with a worker was with one that has died, and nobody has to wait for its lock. */
const TAKE_OVER = `
  UPDATE job SET locked_until_ms = 0, stalled_marked = true WHERE state = 'active';
  DELETE FROM meta WHERE field = 'stalled-check';`;

/** The queue in the embedded store: this process adds to it, and works. */
export class EmbeddedHome extends QueueHome {
  readonly #listeners: ((callId: string) => void)[] = [];
  #migrated: Promise<void> | undefined;

  constructor(
    private readonly database: EmbeddedDatabase,
    private readonly pool: PglitePool,
  ) {
    super();
  }

  get exists(): boolean {
    return this.database.exists;
  }

  async openQueue(): Promise<OpenQueue> {
    await this.ask(() => this.migrated());
    const { Queue, createPostgresBackend } = await import('bullmq');
    return new Queue(QUEUE_NAME, { ...QUEUE_OPTIONS, connection: this.pool }, createPostgresBackend);
  }

  async openWorker(process: Processor, concurrency: number): Promise<OpenWorker> {
    await this.migrated();
    await this.pool.query(TAKE_OVER);
    const { Worker, createPostgresBackend } = await import('bullmq');
    const options = { ...LONE_WORKER_OPTIONS, concurrency, connection: this.pool };
    return { worker: new Worker(QUEUE_NAME, process, options, createPostgresBackend), cutOff: () => undefined };
  }

  async ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (error) {
      throw error instanceof OperatorMistake ? error : new RecordsUnavailable({ cause: error });
    }
  }

  announceCancel(callId: string): Promise<void> {
    for (const listener of this.#listeners) listener(callId);
    return Promise.resolve();
  }

  onCancel(listener: (callId: string) => void): Promise<void> {
    this.#listeners.push(listener);
    return Promise.resolve();
  }

  private migrated(): Promise<void> {
    return (this.#migrated ??= this.migrate().catch((error: unknown) => {
      this.#migrated = undefined;
      throw error;
    }));
  }

  private async migrate(): Promise<void> {
    const { runMigrations } = await import('bullmq');
    const client = await this.pool.connect();
    try {
      await runMigrations(client);
    } finally {
      client.release();
    }
  }
}
