import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PGlite } from '@electric-sql/pglite';
import { eventually } from '../../../test/support/eventually.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { openEmbedded, type OpenedEmbedded } from '../../../test/support/open-embedded.ts';

const SLOW_MS = 120_000;
const MINUTE_MS = 60_000;

describe('the embedded store', () => {
  const clock = new FakeClock();
  let embedded: OpenedEmbedded;
  let database: PGlite;
  beforeAll(async () => {
    embedded = await openEmbedded(clock);
    database = await embedded.database.open();
    await database.exec('CREATE SCHEMA own; CREATE TABLE own."odd ""name" (id integer PRIMARY KEY, text text)');
  }, SLOW_MS);
  afterAll(() => embedded.close(), SLOW_MS);

  const read = async (statement: string): Promise<number> => {
    const { rows } = await database.query<{ value: string }>(`SELECT ${statement} AS value`);
    return Number(rows[0]!.value);
  };
  const logBytes = () => read('(SELECT pg_current_wal_lsn() - redo_lsn FROM pg_control_checkpoint())');
  const tableBytes = () => read(`pg_total_relation_size('own."odd ""name"')`);

  /** Replaces the same 20 rows, in all with 45 MB. */
  const write = async (): Promise<void> => {
    for (let row = 0; row < 900; row += 1)
      await database.query(
        `INSERT INTO own."odd ""name" SELECT $1, string_agg(md5(random()::text), '') FROM generate_series(1, 1500)
         ON CONFLICT (id) DO UPDATE SET text = excluded.text`,
        [row % 20],
      );
  };

  it(
    'has no log that grows without end, and makes use of the room of what was replaced',
    async () => {
      const sizes: number[] = [];
      for (let round = 0; round < 3; round += 1) {
        await write();
        expect(await logBytes()).toBeGreaterThan(33_554_432);
        await clock.advance(MINUTE_MS);
        await eventually(async () => expect(await logBytes()).toBeLessThan(1_000_000), 30_000);
        sizes.push(await tableBytes());
      }
      expect(sizes[2]!).toBeLessThan(sizes[0]! * 1.5);
    },
    SLOW_MS,
  );

  it('is left alone while little is written', async () => {
    const before = await read('(SELECT redo_lsn - $$0/0$$::pg_lsn FROM pg_control_checkpoint())');
    await clock.advance(10 * MINUTE_MS);
    await database.exec('SELECT 1');
    expect(await read('(SELECT redo_lsn - $$0/0$$::pg_lsn FROM pg_control_checkpoint())')).toBe(before);
  });

  it('is no longer looked after once it is closed', async () => {
    await embedded.database.onApplicationShutdown();
    expect(clock.pending).toBe(0);
    expect(embedded.logLines.join('')).not.toMatch('tidied');
  });
});
