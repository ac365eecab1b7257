import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { createBullPlace, type BullPlace } from '../../../test/contracts/call-queue-bull.ts';
import { itGivesBackAtStop } from '../../../test/contracts/call-queue-stop.contract.ts';
import { createWorker } from '../../../test/contracts/call-queue-worker.ts';
import { itIsACallQueue } from '../../../test/contracts/call-queue.contract.ts';
import { EmbeddedDatabase } from '../../platform/embedded/embedded-database.ts';
import { PglitePool } from '../../platform/embedded/pglite-pool.ts';
import { EmbeddedHome } from './embedded-home.ts';

/** What a busy machine may take to start PostgreSQL. */
const START_MS = 60_000;
const NEVER = new Promise<never>(() => undefined);

/** In memory: what the disk keeps is tested with the database. */
class OpenDatabase extends EmbeddedDatabase {
  readonly exists = true;
  readonly isOpen = true;

  constructor(private readonly database: PGlite) {
    super();
  }

  open(): Promise<PGlite> {
    return Promise.resolve(this.database);
  }
}

describe('the queue in the embedded store', () => {
  let database: PGlite;
  let place: BullPlace;
  beforeAll(async () => {
    database = await PGlite.create();
    const house = () => {
      const open = new OpenDatabase(database);
      return { home: new EmbeddedHome(open, new PglitePool(open)), close: () => Promise.resolve() };
    };
    place = createBullPlace(house, () => database.exec('DELETE FROM bullmq.job; DELETE FROM bullmq.meta'));
  }, START_MS);
  afterAll(() => database.close());

  itIsACallQueue(() => place);
  itGivesBackAtStop(() => place);

  it('gives at once what a process had that has died', async () => {
    const [dead, next] = [createWorker(() => NEVER), createWorker()];
    const [first, second] = [await place.open(), await place.open()];
    await first.queue.work(dead.handler);
    await first.queue.add('a', 0);
    await dead.hasBrought('a');
    await second.queue.work(next.handler);
    await next.hasBrought('a');
    await place.clear();
  });
});
