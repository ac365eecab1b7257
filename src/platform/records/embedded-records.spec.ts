import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { theyAreRecords } from '../../../test/contracts/records.contract.ts';
import { captureLog } from '../../../test/support/captured-log.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { openEmbedded, type OpenedEmbedded } from '../../../test/support/open-embedded.ts';
import { EmbeddedRecords } from './embedded-records.ts';

/** A busy machine opens it in many seconds. */
const SLOW_MS = 120_000;

describe('records in the embedded store', () => {
  const clock = new FakeClock();
  let embedded: OpenedEmbedded;
  let records: EmbeddedRecords;
  beforeAll(async () => {
    embedded = await openEmbedded(clock);
    records = new EmbeddedRecords(embedded.database, clock, captureLog().log);
    await embedded.database.open();
  }, SLOW_MS);
  afterAll(() => embedded.close(), SLOW_MS);

  theyAreRecords(async () => ({ records, elapse: (byMs) => clock.advance(byMs) }));

  const rowsOf = async (collection: string): Promise<number> => {
    const database = await embedded.database.open();
    const counts = ['records', 'record_lists'].map((table) =>
      database.query<{ rows: number }>(`SELECT count(*)::int AS rows FROM breakwater.${table} WHERE collection = $1`, [
        collection,
      ]),
    );
    return (await Promise.all(counts)).reduce((sum, { rows }) => sum + rows[0]!.rows, 0);
  };

  it('are removed now and then once they have run out, although nobody asks for them', async () => {
    for (let n = 0; n < 50; n += 1)
      await records.insert('short', { id: String(n), value: n, lists: ['all'], ttlMs: 1_000 });
    await clock.advance(1_000);
    expect(await rowsOf('short')).toBe(100);
    await clock.advance(60_000);
    await records.insert('other', { id: 'a', value: 1 });
    expect(await rowsOf('short')).toBe(0);
  });

  it('do not pile up, however many run out within a minute', async () => {
    for (let n = 0; n < 500; n += 1) {
      await records.insert('piled', { id: String(n), value: n, lists: ['all'], ttlMs: 1 });
      await clock.advance(1);
    }
    expect(await rowsOf('piled')).toBeLessThanOrEqual(2 * 101);
  });
});
