import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startRecordsProcess, type RecordsProcess } from '../../../test/contracts/records-process-start.ts';
import { captureLog } from '../../../test/support/captured-log.ts';
import { openEmbedded, type OpenedEmbedded } from '../../../test/support/open-embedded.ts';
import { SystemClock } from '../clock.ts';
import { EmbeddedRecords } from './embedded-records.ts';

const SLOW_MS = 180_000;

describe('records in the embedded store, after a kill -9', () => {
  let embedded: OpenedEmbedded;
  let child: RecordsProcess | undefined;
  beforeEach(async () => void (embedded = await openEmbedded()));
  afterEach(async () => {
    await child?.kill();
    await embedded.close();
  }, SLOW_MS);

  it(
    'are all there that were acknowledged, in their latest version and their lists',
    async () => {
      child = startRecordsProcess('write', embedded.dataDir);
      await child.wrote(300);
      const ids = await child.kill();
      const records = new EmbeddedRecords(embedded.database, new SystemClock(), captureLog().log);
      for (const id of ids) {
        const { version, value } = (await records.get<{ text: string }>('calls', id))!;
        expect([id, version, value.text.length]).toEqual(Number(id) % 2 === 0 ? [id, 2, 7] : [id, 1, 2_000]);
      }
      const [all, queued, done] = await Promise.all(
        ['all', 'queued', 'done'].map((list) => records.count('calls', list)),
      );
      expect(all).toBeGreaterThanOrEqual(ids.length);
      expect(done! + queued!).toBe(all);
      expect(done).toBeGreaterThanOrEqual(ids.filter((id) => Number(id) % 2 === 0).length);
    },
    SLOW_MS,
  );
});
