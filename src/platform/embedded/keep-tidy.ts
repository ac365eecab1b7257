import type { PGlite } from '@electric-sql/pglite';
import type { Cancel, Clock } from '../clock.ts';
import type { Log } from '../logging/log.ts';

const EVERY_MS = 60_000;

/** How much may be written to the log of changes before it is put in order; it is read again after a crash. */
const MAX_LOG_BYTES = 33_554_432;

const LOG_BYTES = `SELECT pg_current_wal_lsn() - redo_lsn AS bytes FROM pg_control_checkpoint()`;
const TABLES = `SELECT format('%I.%I', schemaname, relname) AS name FROM pg_stat_user_tables`;

/**
 * Does by hand what servers do in processes of their own, which an embedded database does not have: without, the log of
 * changes and what replaced rows leave behind would fill the disk. Returns what ends it, after what is under way.
 */
export const keepTidy = (database: PGlite, clock: Clock, log: Log): (() => Promise<void>) => {
  let cancel: Cancel = () => undefined;
  let underWay = Promise.resolve();
  const tidyAgain = (): void => {
    underWay = tidy(database)
      .catch((error: unknown) => log.warn({ error }, 'The embedded store could not be tidied up'))
      .then(schedule);
  };
  const schedule = (): void => void (cancel = clock.schedule(tidyAgain, EVERY_MS));
  schedule();
  return async () => {
    cancel();
    await underWay;
    cancel();
  };
};

const tidy = async (database: PGlite): Promise<void> => {
  const { rows } = await database.query<{ bytes: string }>(LOG_BYTES);
  if (Number(rows[0]?.bytes) < MAX_LOG_BYTES) return;
  const tables = await database.query<{ name: string }>(TABLES);
  // One by one: while one is vacuumed nothing else in this process runs.
  for (const { name } of tables.rows) await database.exec(`VACUUM (ANALYZE) ${name}`);
  await database.exec('CHECKPOINT');
};
