import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../support/start-redis.ts';
import { spawnWorker, type WorkerProcess } from './worker-process.ts';

let worker: WorkerProcess;
afterEach(() => worker.kill());

describe('npm run worker', () => {
  it('is refused without REDIS_URL, and says what to do', async () => {
    worker = spawnWorker();
    expect(await worker.exited).toEqual({ code: 1, signal: null });
    expect(worker.stderr()).toMatch(/REDIS_URL=.*`npm start` makes background calls by itself/);
    expect(worker.stderr()).toContain('Nothing was started');
    expect(worker.stderr()).not.toContain('    at ');
  });

  it('says what is wrong with the rest of the configuration', async () => {
    worker = spawnWorker({ REDIS_URL: 'redis://127.0.0.1:1', JOBS_CONCURRENCY: '0' });
    expect(await worker.exited).toEqual({ code: 1, signal: null });
    expect(worker.stderr()).toContain('JOBS_CONCURRENCY=0: give a whole number from 1 to 1000');
  });

  it('says that Redis is gone, and stops all the same', async () => {
    worker = spawnWorker({ REDIS_URL: 'redis://127.0.0.1:1', SHUTDOWN_TIMEOUT_MS: '1000' });
    await worker.ready();
    await eventually(() => expect(worker.stdout()).toContain('background calls wait until it is back'), 30_000);
    worker.signal('SIGTERM');
    expect(await worker.exited).toEqual({ code: 0, signal: null });
    expect(worker.stderr()).toBe('');
  });
});

describeWithRedis('npm run worker with Redis', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis(['--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru']);
  });
  afterAll(() => redis.stop());

  it.each(['SIGTERM', 'SIGINT'] as const)('is ready, and ends with 0 on %s', async (signal) => {
    worker = spawnWorker({ REDIS_URL: redis.url });
    expect(await worker.ready()).toEqual({ ready: 'worker' });
    await eventually(() => expect(worker.stdout()).toContain('"msg":"Ready"'));
    worker.signal(signal);
    expect(await worker.exited).toEqual({ code: 0, signal: null });
    expect(worker.stdout()).toContain('"msg":"Stopped"');
    expect(worker.stderr()).toBe('');
  });

  it('warns of a Redis that may throw calls away, in the log', async () => {
    worker = spawnWorker({ REDIS_URL: redis.url });
    await worker.ready();
    await eventually(() => expect(worker.stdout()).toContain('set maxmemory-policy noeviction'), 10_000);
    for (const line of worker.stdout().trim().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow();
  });
});
