import { join } from 'node:path';
import { DataDirectoryMistake } from './data-directory-mistake.ts';

/** The system error code of SQLite for a file that somebody else has locked. */
const SQLITE_BUSY = 5;

const REMEDY =
  'another process has it, and one alone may use it: set REDIS_URL for several processes, or another DATA_DIR for this one';

/** Gives the directory back. */
export type Release = () => void;

/**
 * Makes a directory this process's own. The lock is one of the operating system, held by SQLite on the file `lock`: it ends
 * with the process, however that ends, and holds between containers that share the directory.
 * @throws DataDirectoryMistake when another process has it, or the file cannot be written
 */
export const lockDirectory = async (directory: string): Promise<Release> => {
  // Loaded when needed: with Redis nobody needs it.
  const { DatabaseSync } = await import('node:sqlite');
  let file: InstanceType<typeof DatabaseSync> | undefined;
  try {
    file = new DatabaseSync(join(directory, 'lock'), { timeout: 0 });
    file.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    file?.close();
    throw new DataDirectoryMistake(directory, wrongWith(error as Error & { errcode?: number }), { cause: error });
  }
  const locked = file;
  // The closure keeps it from being collected, which would end the lock.
  return () => locked.close();
};

const wrongWith = ({ errcode, message }: Error & { errcode?: number }): string =>
  errcode === SQLITE_BUSY ? REMEDY : `it cannot be locked (${message}): let this process write there, or set another`;
