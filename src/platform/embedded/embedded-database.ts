import type { PGlite } from '@electric-sql/pglite';

/**
 * The PostgreSQL that runs inside this process, in `DATA_DIR`: what must outlive the process is there when there is no Redis.
 * Nothing of it is loaded before it is first used: it costs 0.3 to 2 s and about 300 MB.
 */
export abstract class EmbeddedDatabase {
  /** Whether `DATA_DIR` already holds a store, of an earlier run. Reads the directory only. */
  abstract readonly exists: boolean;

  /** Whether this process has it open: what can wait until somebody needs it asks for nothing before. */
  abstract readonly isOpen: boolean;

  /**
   * The one database, opened at the first call. The directory belongs to this process from then on.
   * @throws OperatorMistake when another process has it, or it cannot be written
   */
  abstract open(): Promise<PGlite>;
}
