import { PgliteDatabase } from '../../src/platform/embedded/pglite-database.ts';
import { lockDirectory } from '../../src/platform/embedded/directory-lock.ts';
import { createLog } from '../../src/platform/logging/create-log.ts';
import { SystemClock } from '../../src/platform/clock.ts';
import { EmbeddedRecords } from '../../src/platform/records/embedded-records.ts';

// A process of its own for what a kill -9 leaves behind; every line that it writes is a promise.
const [task, dataDir = ''] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const [clock, log] = [new SystemClock(), createLog('silent', { write: () => undefined })];
const database = new PgliteDatabase({ dataDir }, clock, log);

/** Holds the lock alone. */
const lock = async (): Promise<void> => {
  const release = await lockDirectory(dataDir);
  say('locked');
  // Held for as long as the process lives.
  setInterval(() => void release, 60_000);
};

/** Puts records there and changes every second one, many at a time, for as long as it lives. */
const write = async (): Promise<void> => {
  const records = new EmbeddedRecords(database, clock, log);
  let count = 0;
  const writeOn = async (): Promise<void> => {
    for (;;) {
      const [id, isChanged] = [String(count), count % 2 === 0];
      count += 1;
      await records.insert('calls', { id, value: { text: 'x'.repeat(2_000) }, lists: ['all', 'queued'] });
      if (isChanged) await records.replace('calls', id, 1, { value: { text: 'changed' }, lists: ['all', 'done'] });
      say(id);
    }
  };
  await Promise.all(Array.from({ length: 4 }, writeOn));
};

await (task === 'lock' ? lock() : write());
