import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { startJobsProcess, type JobsProcess } from '../support/jobs-process.ts';
import { makeDataDir } from '../support/open-embedded.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../support/start-redis.ts';
import { startFaultServer, type FaultServer } from '../upstreams/fault-server.ts';
import { FLAWLESS, judge, startAdding, type Adding } from './jobs-ledger.ts';

const CALLS = 1_000;
const KILLS = 10;
/** The last kill comes before the last calls. */
const SENT_PER_KILL = CALLS / (KILLS + 1);
const WORKERS = 2;
const TIMEOUT_MS = 600_000;
const WITHIN_MS = TIMEOUT_MS / 3;

let upstream: FaultServer;
let adding: Adding;
let env: Record<string, string>;
const running = new Set<JobsProcess>();

beforeEach(async () => {
  upstream = await startFaultServer();
  adding = startAdding(CALLS);
  env = { PROBE_URL: upstream.url, JOBS_CONCURRENCY: '8' };
});
afterEach(async () => {
  await Promise.all([...running].map(kill));
  await upstream.close();
});

const start = (works = false): Promise<JobsProcess> => {
  const process = startJobsProcess(env, works);
  running.add(process);
  const started = process.ready.then(() => process);
  // Nobody may wait for it any more when the test is over.
  started.catch(() => undefined);
  return started;
};

const kill = async (process: JobsProcess): Promise<void> => {
  running.delete(process);
  await process.kill();
};

/** In the middle: another request has just come, and waits for its answer. */
const untilSent = (nthKill: number): Promise<void> => {
  const sent = Math.max(nthKill * SENT_PER_KILL, upstream.received + 1);
  return eventually(() => expect(upstream.received).toBeGreaterThanOrEqual(sent), WITHIN_MS);
};

const expectFlawless = async (process: JobsProcess): Promise<void> => {
  await eventually(async () => expect(await process.isIdle()).toBe(true), WITHIN_MS);
  expect(adding.ids.size).toBe(CALLS);
  const kept = await process.list();
  expect(judge(adding.ids, kept, upstream)).toEqual(FLAWLESS);
  // The kills did come in the middle: of what was under way some was sent again, and some must not be.
  expect(upstream.received - upstream.processed.total).toBeGreaterThanOrEqual(KILLS);
  expect(kept.map(({ state }) => state)).toContain('outcome_unknown');
};

describeWithRedis(`${CALLS} background calls in Redis, whose workers are killed ${KILLS} times`, () => {
  let redis: TestRedis;
  beforeEach(async () => {
    redis = await startRedis();
    env['REDIS_URL'] = redis.url;
  });
  afterEach(() => redis.stop());

  it(
    'are all made: once with a key, at most once without',
    async () => {
      const submitter = await start();
      const workers = Array.from({ length: WORKERS }, () => start(true));
      const added = adding.addBy(submitter);
      for (let nth = 1; nth <= KILLS; nth += 1) {
        const oldest = await workers.shift()!;
        await untilSent(nth);
        await kill(oldest);
        // The next kill does not wait for it: the others would be done with all calls first.
        workers.push(start(true));
      }
      await Promise.all([added, ...workers]);
      await expectFlawless(submitter);
    },
    TIMEOUT_MS,
  );
});

describe(`${CALLS} background calls in the embedded store, whose process is killed ${KILLS} times`, () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await makeDataDir();
    env['DATA_DIR'] = dataDir;
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it(
    'are all made: once with a key, at most once without',
    async () => {
      for (let nth = 1; nth <= KILLS; nth += 1) {
        const process = await start();
        const added = adding.addBy(process);
        await untilSent(nth);
        await kill(process);
        await added;
      }
      const last = await start();
      await adding.addBy(last);
      await expectFlawless(last);
    },
    TIMEOUT_MS,
  );
});
