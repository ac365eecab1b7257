import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openEmbedded, type OpenedEmbedded } from '../../../test/support/open-embedded.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { SystemClock } from '../clock.ts';
import { OperatorMistake } from '../config/operator-mistake.ts';
import { captureLog } from '../../../test/support/captured-log.ts';
import { lockDirectory } from './directory-lock.ts';
import { PgliteDatabase } from './pglite-database.ts';

/** A busy machine opens it in many seconds. */
const SLOW_MS = 120_000;

describe('the embedded database', () => {
  let embedded: OpenedEmbedded;
  let dataDir: string;
  beforeEach(async () => {
    embedded = await openEmbedded();
    ({ dataDir } = embedded);
  });
  afterEach(() => embedded.close(), SLOW_MS);

  const at = (directory: string) => new PgliteDatabase({ dataDir: directory }, new SystemClock(), captureLog().log);
  const expectMistake = async (database: PgliteDatabase, message: RegExp): Promise<void> => {
    const error = await rejectionOf(database.open());
    expect(error).toBeInstanceOf(OperatorMistake);
    expect((error as Error).message).toMatch(message);
  };
  const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

  it('touches nothing before it is opened, nor when it is closed', async () => {
    expect([embedded.database.exists, embedded.database.isOpen]).toEqual([false, false]);
    await embedded.database.onApplicationShutdown();
    expect(await readdir(dataDir)).toEqual([]);
  });

  it(
    'is opened once, keeps what it was told, for this user alone, and is there the next time',
    async () => {
      const directory = join(dataDir, 'not/there/yet');
      const [one, other] = [at(directory), at(directory)];
      const [opened, again] = await Promise.all([one.open(), one.open()]);
      expect([opened === again, one.exists, one.isOpen, other.isOpen]).toEqual([true, true, true, false]);
      expect([await modeOf(directory), await modeOf(join(directory, 'breakwater-store'))]).toEqual([0o700, 0o700]);
      await opened.exec('CREATE TABLE kept (id integer); INSERT INTO kept VALUES (7)');
      await expectMistake(other, /another process has it/);
      await one.onApplicationShutdown();
      expect(one.isOpen).toBe(false);
      expect(await rejectionOf(one.open())).toMatchObject({ message: expect.stringMatching('is closed') });

      expect(other.exists).toBe(true);
      expect((await (await other.open()).query('SELECT id FROM kept')).rows).toEqual([{ id: 7 }]);
      await other.onApplicationShutdown();
    },
    SLOW_MS,
  );

  it(
    'begins anew where a first start was killed half way',
    async () => {
      const store = join(dataDir, 'breakwater-store');
      await mkdir(join(store, 'base'), { recursive: true });
      await writeFile(join(store, 'PG_VERSION'), '18\n');
      expect(embedded.database.exists).toBe(false);
      expect((await (await embedded.database.open()).query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
      expect(embedded.database.exists).toBe(true);
    },
    SLOW_MS,
  );

  it(
    'can be opened once what was wrong is mended, and holds nothing meanwhile',
    async () => {
      const directory = join(dataDir, 'taken');
      await writeFile(directory, 'a file');
      const database = at(directory);
      await expectMistake(database, /^DATA_DIR=.*taken: it cannot be made .*set another/);
      await rm(directory);
      const store = join(directory, 'breakwater-store');
      await mkdir(store, { recursive: true });
      for (const name of ['COMPLETE', 'PG_VERSION']) await writeFile(join(store, name), '17\n');
      await expectMistake(database, /^DATA_DIR=.*taken: its store cannot be opened: restore it/);
      // Nothing of what somebody may still want to look at is gone.
      expect(existsSync(join(store, 'PG_VERSION'))).toBe(true);
      await rm(store, { recursive: true });
      const release = await lockDirectory(directory);
      await expectMistake(database, /another process has it/);
      release();
      expect((await (await database.open()).query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
      await database.onApplicationShutdown();
    },
    SLOW_MS,
  );

  it(
    'is closed even while it is being opened, and free for others then',
    async () => {
      const opening = embedded.database.open();
      await embedded.database.onApplicationShutdown();
      expect([(await opening).closed, embedded.database.isOpen]).toEqual([true, false]);
      (await lockDirectory(dataDir))();
    },
    SLOW_MS,
  );
});
