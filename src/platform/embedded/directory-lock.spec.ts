import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startRecordsProcess } from '../../../test/contracts/records-process-start.ts';
import { makeDataDir } from '../../../test/support/open-embedded.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { OperatorMistake } from '../config/operator-mistake.ts';
import { lockDirectory } from './directory-lock.ts';

const SLOW_MS = 90_000;

describe('the lock of a data directory', () => {
  let directory: string;
  beforeEach(async () => void (directory = await makeDataDir()));
  afterEach(() => rm(directory, { recursive: true }));

  const refusal = async (of = directory): Promise<Error> => {
    const error = await rejectionOf(lockDirectory(of));
    expect(error).toBeInstanceOf(OperatorMistake);
    return error as Error;
  };

  it(
    'is refused with the remedy while another process has it, and is free at once when that is killed',
    async () => {
      const other = startRecordsProcess('lock', directory);
      try {
        await other.wrote(1);
        const { message } = await refusal();
        expect(message).toMatch(`DATA_DIR=${directory}: another process has it`);
        expect(message).toMatch('set REDIS_URL for several processes, or another DATA_DIR for this one');
      } finally {
        await other.kill();
      }
      const release = await lockDirectory(directory);
      release();
      // Nor does it say anything where operators look for errors.
      expect(other.stderr()).not.toMatch(/sqlite/i);
    },
    SLOW_MS,
  );

  it('is held once in a process, too, until it is released', async () => {
    const release = await lockDirectory(directory);
    expect((await refusal()).message).toMatch('another process has it');
    release();
    (await lockDirectory(directory))();
  });

  it('outlives many refusals', async () => {
    const release = await lockDirectory(directory);
    for (let time = 0; time < 20; time += 1) await refusal();
    release();
    (await lockDirectory(directory))();
  });

  it('is refused where there is no directory, and where its file is something else', async () => {
    expect((await refusal(join(directory, 'nowhere'))).message).toMatch(
      /cannot be locked .*let this process write there/,
    );
    await writeFile(join(directory, 'lock'), 'This is no lock, but a file of somebody else. '.repeat(50));
    expect((await refusal()).message).toMatch('cannot be locked');
  });
});
