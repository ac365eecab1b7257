import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { PGlite } from '@electric-sql/pglite';
import type { Clock } from '../clock.ts';
import type { Log } from '../logging/log.ts';
import { DataDirectoryMistake } from './data-directory-mistake.ts';
import { lockDirectory, type Release } from './directory-lock.ts';
import { EmbeddedDatabase } from './embedded-database.ts';
import type { EmbeddedOptions } from './embedded.config.ts';
import { keepTidy } from './keep-tidy.ts';

const STORE = 'breakwater-store';
/** In the store once it is complete. What a first start left half made holds nothing that anybody relies on. */
const COMPLETE = 'COMPLETE';
const OWNER_ONLY = 0o700;

const UNREADABLE =
  'its store cannot be opened: restore it from a copy, or move it away or set another DATA_DIR to begin with an empty one';

interface Opened {
  readonly database: PGlite;
  close(): Promise<void>;
}

/** PGlite in `DATA_DIR/breakwater-store`. Closed after everything else, at the very end of the application. */
export class PgliteDatabase extends EmbeddedDatabase implements OnApplicationShutdown {
  #opening: Promise<Opened> | undefined;
  #isOpen = false;
  #isClosed = false;

  constructor(
    private readonly options: EmbeddedOptions,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    super();
  }

  get exists(): boolean {
    return existsSync(join(this.store, COMPLETE));
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  async open(): Promise<PGlite> {
    if (this.#isClosed) throw new Error('The embedded store is closed: this process is stopping');
    const opening = (this.#opening ??= this.openLocked());
    try {
      const { database } = await opening;
      this.#isOpen = !this.#isClosed;
      return database;
    } catch (error) {
      // It may work the next time: nothing of this attempt is left.
      if (this.#opening === opening) this.#opening = undefined;
      throw error;
    }
  }

  /** Waits for what runs in it. What is asked of it afterwards fails. */
  async onApplicationShutdown(): Promise<void> {
    this.#isClosed = true;
    this.#isOpen = false;
    const opened = await this.#opening?.catch(() => undefined);
    this.#opening = undefined;
    await opened?.close();
  }

  private get directory(): string {
    return resolve(this.options.dataDir);
  }

  private get store(): string {
    return join(this.directory, STORE);
  }

  private async openLocked(): Promise<Opened> {
    const startedAt = this.clock.now();
    await this.make(this.directory);
    const release = await lockDirectory(this.directory);
    try {
      const database = await this.openStore();
      const stopTidying = keepTidy(database, this.clock, this.log);
      this.log.info(
        { directory: this.store, ms: Math.round(this.clock.now() - startedAt) },
        'The embedded store is open',
      );
      return { database, close: () => stopTidying().then(() => close(database, release)) };
    } catch (error) {
      release();
      throw error;
    }
  }

  private async openStore(): Promise<PGlite> {
    if (!this.exists) await rm(this.store, { recursive: true, force: true });
    await this.make(this.store);
    // Loaded when needed: it costs 0.3 s and 300 MB.
    const { PGlite } = await import('@electric-sql/pglite');
    try {
      const database = await PGlite.create(this.store);
      await writeFile(join(this.store, COMPLETE), '');
      return database;
    } catch (error) {
      throw new DataDirectoryMistake(this.options.dataDir, UNREADABLE, { cause: error });
    }
  }

  private async make(directory: string): Promise<void> {
    try {
      await mkdir(directory, { recursive: true, mode: OWNER_ONLY });
    } catch (error) {
      const wrong = `it cannot be made (${(error as Error).message}): let this process write there, or set another`;
      throw new DataDirectoryMistake(this.options.dataDir, wrong, { cause: error });
    }
  }
}

const close = async (database: PGlite, release: Release): Promise<void> => {
  try {
    await database.close();
  } finally {
    release();
  }
};
