import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock, type Clock } from '../../src/platform/clock.ts';
import { PgliteDatabase } from '../../src/platform/embedded/pglite-database.ts';
import { captureLog } from './captured-log.ts';

export interface OpenedEmbedded {
  readonly dataDir: string;
  readonly database: PgliteDatabase;
  /** Everything logged so far, as written. */
  readonly logLines: readonly string[];
  /** Closes it and removes the directory. */
  close(): Promise<void>;
}

export const makeDataDir = (): Promise<string> => mkdtemp(join(tmpdir(), 'breakwater-data-'));

/** The embedded database of one process, in a directory of its own; opened by its first use, which takes 2 s or more. */
export const openEmbedded = async (clock: Clock = new SystemClock()): Promise<OpenedEmbedded> => {
  const dataDir = await makeDataDir();
  const { log, lines } = captureLog();
  const database = new PgliteDatabase({ dataDir }, clock, log);
  return {
    dataDir,
    database,
    logLines: lines,
    close: async () => {
      await database.onApplicationShutdown();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
