import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPostgresBackend, runMigrations, withBackend, type Job } from 'bullmq';
import { eventually } from '../../../test/support/eventually.ts';
import { openEmbedded, type OpenedEmbedded } from '../../../test/support/open-embedded.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { PglitePool } from './pglite-pool.ts';

const { Queue, Worker } = withBackend(createPostgresBackend);

/** A busy machine opens it in many seconds. */
const SLOW_MS = 60_000;

describe('BullMQ on the embedded store', () => {
  let embedded: OpenedEmbedded;
  let connection: PglitePool;
  beforeAll(async () => {
    embedded = await openEmbedded();
    connection = new PglitePool(embedded.database);
    const client = await connection.connect();
    await runMigrations(client);
    client.release();
  }, SLOW_MS);
  afterAll(() => embedded.close(), SLOW_MS);

  const start = (name: string, processor: (job: Job<{ n: number }>) => Promise<unknown>, concurrency = 4) => {
    const queue = new Queue<{ n: number }>(name, { connection });
    const worker = new Worker<{ n: number }>(name, processor, { connection, concurrency });
    const failures: unknown[] = [];
    queue.on('error', (error) => failures.push(error));
    worker.on('error', (error) => failures.push(error));
    const close = async (): Promise<void> => {
      await worker.close();
      await queue.close();
      expect(failures).toEqual([]);
    };
    return { queue, worker, close };
  };

  it(
    'brings every job to a worker, once',
    async () => {
      const done: number[] = [];
      const { queue, close } = start('plenty', async ({ data }) => void done.push(data.n));
      const numbers = Array.from({ length: 100 }, (_, n) => n);
      await Promise.all(numbers.map((n) => queue.add('job', { n })));
      await eventually(() => expect(done).toHaveLength(100), 30_000);
      expect(done.toSorted((a, b) => a - b)).toEqual(numbers);
      await close();
    },
    SLOW_MS,
  );

  it(
    'wakes a worker that waits, and brings what is delayed when it is due',
    async () => {
      const done: string[] = [];
      const { queue, worker, close } = start('idle', async ({ id }) => void done.push(id!));
      await worker.waitUntilReady();
      await eventually(async () => expect(await queue.getWorkersCount()).toBeGreaterThan(0));
      await queue.add('job', { n: 2 }, { jobId: 'later', delay: 500 });
      await queue.add('job', { n: 1 }, { jobId: 'now' });
      // Without notifications it would look again after a minute or more.
      await eventually(() => expect(done).toEqual(['now', 'later']), 20_000);
      await close();
    },
    SLOW_MS,
  );

  it(
    'tries again what failed, and knows an id that is there already',
    async () => {
      let attempts = 0;
      const { queue, close } = start('retries', async () => {
        attempts += 1;
        if (attempts < 3) throw new Error('not yet');
      });
      const options = { jobId: 'same', attempts: 3 };
      await Promise.all([queue.add('job', { n: 1 }, options), queue.add('job', { n: 1 }, options)]);
      await eventually(async () => expect(await queue.getJobState('same')).toBe('completed'), 20_000);
      expect(attempts).toBe(3);
      await close();
    },
    SLOW_MS,
  );
});

describe('a client of the embedded store', () => {
  let embedded: OpenedEmbedded;
  let pool: PglitePool;
  beforeAll(async () => {
    embedded = await openEmbedded();
    pool = new PglitePool(embedded.database);
    await pool.query('CREATE TABLE public.notes (text text PRIMARY KEY)');
  }, SLOW_MS);
  afterAll(() => embedded.close(), SLOW_MS);

  const notes = async (): Promise<string[]> =>
    (await pool.query<{ text: string }>('SELECT text FROM public.notes ORDER BY text')).rows.map(({ text }) => text);
  const note = (text: string) => pool.query('INSERT INTO public.notes VALUES ($1)', [text]);

  it("keeps others' queries out of its transaction", async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('INSERT INTO public.notes VALUES ($1)', ['rolled back']);
    const others = note('of another');
    await client.query('ROLLBACK');
    await others;
    client.release();
    expect(await notes()).toEqual(['of another']);
  });

  it('keeps what it commits, and undoes what it leaves open', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query(`INSERT INTO public.notes VALUES ('committed')`);
    await client.query('COMMIT');
    await client.query('BEGIN');
    await client.query(`INSERT INTO public.notes VALUES ('left open')`);
    client.release();
    expect(await notes()).toEqual(['committed', 'of another']);
  });

  it('fails with what PostgreSQL says, code included, and goes on', async () => {
    await note('twice');
    expect(await rejectionOf(note('twice'))).toMatchObject({ code: '23505' });
    const client = await pool.connect();
    await client.query('BEGIN');
    expect(await rejectionOf(client.query('SELECT * FROM nowhere'))).toMatchObject({ code: '42P01' });
    await client.query('ROLLBACK');
    client.release();
    expect(await notes()).toContain('twice');
  });

  it('hears nothing any more once it is released', async () => {
    const [one, other] = [await pool.connect(), await pool.connect()];
    const heard: string[] = [];
    one.on('notification', ({ payload }: { payload: string }) => heard.push(`one ${payload}`));
    other.on('notification', ({ payload }: { payload: string }) => heard.push(`other ${payload}`));
    for (const client of [one, other]) await client.query('-- of the tests\nLISTEN news;\n');
    await pool.query(`SELECT pg_notify('news', 'first')`);
    await eventually(() => expect(heard.toSorted()).toEqual(['one first', 'other first']));
    one.release();
    await pool.query(`SELECT pg_notify('news', 'second')`);
    await eventually(() => expect(heard).toHaveLength(3));
    expect(heard[2]).toBe('other second');
    other.release();
  });
});
