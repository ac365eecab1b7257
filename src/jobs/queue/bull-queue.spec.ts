import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createBullPlace } from '../../../test/contracts/call-queue-bull.ts';
import { createWorker } from '../../../test/contracts/call-queue-worker.ts';
import { EmbeddedDatabase } from '../../platform/embedded/embedded-database.ts';
import { PglitePool } from '../../platform/embedded/pglite-pool.ts';
import { EmbeddedHome } from './embedded-home.ts';

/** What a busy machine may take to start PostgreSQL. */
const START_MS = 60_000;

/** One that no earlier run has left. */
class NewDatabase extends EmbeddedDatabase {
  opened = 0;
  failures = 0;

  constructor(private readonly database: PGlite) {
    super();
  }

  get exists(): boolean {
    return this.opened > 0;
  }

  get isOpen(): boolean {
    return this.exists;
  }

  open(): Promise<PGlite> {
    if (this.failures-- > 0) return Promise.reject(new Error('No space left on device'));
    this.opened += 1;
    return Promise.resolve(this.database);
  }
}

let postgres: PGlite;
beforeAll(async () => {
  postgres = await PGlite.create();
}, START_MS);
afterAll(() => postgres.close());

const openQueue = async () => {
  const database = new NewDatabase(postgres);
  const home = new EmbeddedHome(database, new PglitePool(database));
  const place = createBullPlace(
    () => ({ home, close: () => Promise.resolve() }),
    () => Promise.resolve(),
  );
  return { database, ...(await place.open()), lines: place.lines };
};

describe('BullQueue', () => {
  it('opens no store before the first call, and works from then on', async () => {
    const { queue, database, stop } = await openQueue();
    const worker = createWorker();
    let isWorking = false;
    const working = queue.work(worker.handler).then(() => (isWorking = true));
    queue.onCancel(() => undefined);
    await queue.announceCancel('a');
    expect([database.opened, isWorking]).toEqual([0, false]);
    await queue.add('a', 0);
    await working;
    await worker.hasBrought('a');
    await stop();
  });

  it('says that the store cannot be reached, and tries again the next time', async () => {
    const { queue, database, stop } = await openQueue();
    const worker = createWorker();
    void queue.work(worker.handler);
    database.failures = 1;
    await expect(queue.add('a', 0)).rejects.toThrow('cannot be reached');
    await queue.add('a', 0);
    await worker.hasBrought('a');
    await stop();
  });

  it('is closed without having been opened', async () => {
    const { queue, database, stop } = await openQueue();
    void queue.work(createWorker().handler);
    await stop();
    await expect(queue.add('a', 0)).rejects.toThrow('cannot be reached');
    expect(database.opened).toBe(0);
  });

  it('has one handler', async () => {
    const { queue, stop } = await openQueue();
    void queue.work(createWorker().handler);
    await expect(queue.work(createWorker().handler)).rejects.toThrow('a worker already');
    await stop();
  });
});
