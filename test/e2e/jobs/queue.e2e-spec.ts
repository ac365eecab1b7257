import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BackgroundCalls } from '../../../src/jobs/background-calls.ts';
import { CallQueue } from '../../../src/jobs/call-queue.ts';
import { CallWorker } from '../../../src/jobs/call-worker.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { makeDataDir } from '../../support/open-embedded.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../support/start-redis.ts';
import { Greetings, GreetingsModule } from './queued-greetings.ts';

/** A busy machine takes its time to start PostgreSQL. */
const START_MS = 90_000;
const LATER_MS = 3_600_000;

let apps: TestApp[] = [];
let env: Record<string, string>;

const start = async (): Promise<TestApp> => {
  const app = await createApp({ env, imports: [GreetingsModule] });
  apps.push(app);
  return app;
};
const stop = async (): Promise<void> => {
  for (const app of apps.splice(0)) await app.close();
};

const submit = async ({ app }: TestApp, name: string, delayMs = 0): Promise<string> =>
  (await app.get(BackgroundCalls).submit({ operation: 'test.greet', input: { name }, owner: null, delayMs })).id;

const expectState = ({ app }: TestApp, id: string, expected: object): Promise<void> =>
  eventually(async () => expect(await app.get(BackgroundCalls).find(id)).toMatchObject(expected), 30_000);

const done = (name: string) => ({ state: 'succeeded', attempts: 1, result: { greeting: `Hello ${name}` } });

beforeEach(() => {
  apps = [];
});
afterEach(stop);

describe('without Redis', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await makeDataDir();
    env = { DATA_DIR: dataDir };
  });
  afterEach(async () => {
    await stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it(
    'a call is made by the process itself, which opens no store before; all of it is there after a restart',
    async () => {
      const first = await start();
      expect(existsSync(join(dataDir, 'breakwater-store'))).toBe(false);
      const ada = await submit(first, 'Ada');
      const grace = await submit(first, 'Grace', LATER_MS);
      await expectState(first, ada, done('Ada'));
      await stop();

      const second = await start();
      expect(await second.app.get(BackgroundCalls).find(ada)).toMatchObject(done('Ada'));
      expect(await second.app.get(BackgroundCalls).find(grace)).toMatchObject({ state: 'queued', attempts: 0 });
      expect(second.app.get(Greetings).made).toEqual([]);
      const queue = second.app.get(CallQueue);
      expect([await queue.has(ada), await queue.has(grace)]).toEqual([false, true]);
    },
    START_MS,
  );

  it(
    'what waited when the process stopped is made by the next one, without being asked',
    async () => {
      const first = await start();
      const id = await submit(first, 'Ada', 1_500);
      await stop();
      const second = await start();
      await expectState(second, id, done('Ada'));
    },
    START_MS,
  );
});

describeWithRedis('with Redis', () => {
  let redis: TestRedis;
  beforeEach(async () => {
    redis = await startRedis();
    env = { REDIS_URL: redis.url };
  });
  afterEach(async () => {
    await stop();
    await redis.stop();
  });

  it('a process with HTTP makes no calls, but a worker does', async () => {
    const [http, worker] = [await start(), await start()];
    const id = await submit(http, 'Ada');
    await expectState(worker, id, { state: 'queued' });
    await worker.app.get(CallWorker).start();
    await expectState(http, id, done('Ada'));
    expect([http.app.get(Greetings).made, worker.app.get(Greetings).made]).toEqual([[], ['Ada']]);
  }, 30_000);

  it('a call that cannot be kept is refused in time', async () => {
    const http = await start();
    await redis.kill();
    await expect(submit(http, 'Ada')).rejects.toThrow('cannot be reached');
  }, 30_000);
});
