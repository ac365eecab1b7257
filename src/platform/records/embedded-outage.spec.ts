import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { captureLog, type CapturedLog } from '../../../test/support/captured-log.ts';
import { openEmbedded, type OpenedEmbedded } from '../../../test/support/open-embedded.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { SystemClock } from '../clock.ts';
import { lockDirectory } from '../embedded/directory-lock.ts';
import { EmbeddedRecords } from './embedded-records.ts';
import { RecordsUnavailable } from './records.ts';

const SLOW_MS = 120_000;

describe('without their store embedded records', () => {
  let embedded: OpenedEmbedded;
  let records: EmbeddedRecords;
  let log: CapturedLog;
  beforeEach(async () => {
    embedded = await openEmbedded();
    log = captureLog();
    records = new EmbeddedRecords(embedded.database, new SystemClock(), log.log);
  });
  afterEach(() => embedded.close(), SLOW_MS);

  const questions: Record<string, () => Promise<unknown>> = {
    insert: () => records.insert('calls', { id: 'a', value: 'secret-input', lists: ['all'] }),
    get: () => records.get('calls', 'a'),
    replace: () => records.replace('calls', 'a', 1, { value: 'secret-input' }),
    delete: () => records.delete('calls', 'a'),
    list: () => records.list('calls', 'all', { limit: 10 }),
    count: () => records.count('calls', 'all'),
  };

  const expectUnavailable = async (): Promise<void> => {
    for (const question of Object.values(questions))
      expect(await rejectionOf(question())).toBeInstanceOf(RecordsUnavailable);
  };

  it(
    'are unavailable while another process has the directory, say once why, and recover',
    async () => {
      const release = await lockDirectory(embedded.dataDir);
      await expectUnavailable();
      expect(log.lines).toHaveLength(1);
      expect(log.lines[0]).toMatch(/"level":"error".*set REDIS_URL for several processes/);
      release();
      expect(await questions['insert']!()).toBe(true);
      expect(await records.get('calls', 'a')).toMatchObject({ value: 'secret-input' });
    },
    SLOW_MS,
  );

  it(
    'are unavailable once it is closed, and tell nothing of what they were given',
    async () => {
      await questions['insert']!();
      await embedded.database.onApplicationShutdown();
      await expectUnavailable();
      expect(log.lines.join('')).not.toMatch('secret-input');
    },
    SLOW_MS,
  );
});
