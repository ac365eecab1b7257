import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { BoardReader } from '../../../src/features/ci/watch/board-reader.ts';
import { withMemoryBackground } from '../../support/background.ts';
import { eventually } from '../../support/eventually.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../support/start-redis.ts';
import { startSemaphore, type SemaphoreStandIn } from '../../upstreams/semaphore.stand-in.ts';
import { ADA, createGuardedApp, type GuardedApp } from '../authentication/known-callers.ts';
import { Listeners } from './listeners.ts';
import { stopPipeline, toEnv } from './watch-scene.ts';

/** Of one interval of the poll, or of one instance following another, on a busy machine. */
const PATIENCE_MS = 20_000;

interface Instance extends GuardedApp {
  readings: number;
}

describeWithRedis('the CI service behind two instances on one Redis', () => {
  let redis: TestRedis;
  let semaphore: SemaphoreStandIn;
  let instances: readonly [Instance, Instance];
  let listeners: Listeners;

  const start = async (): Promise<Instance> => {
    const env = { ...toEnv(semaphore), REDIS_URL: redis.url };
    const instance = { ...(await createGuardedApp({ env, override: withMemoryBackground })), readings: 0 };
    const reader = instance.app.get(BoardReader, { strict: false });
    const read = reader.read.bind(reader);
    reader.read = (...given) => {
      instance.readings += 1;
      return read(...given);
    };
    return instance;
  };

  beforeEach(async () => {
    [redis, semaphore] = await Promise.all([startRedis(), startSemaphore({ workflows: 3, projects: 2, jobs: 6 })]);
    instances = [await start(), await start()];
    listeners = new Listeners();
  });
  afterEach(async () => {
    await listeners.dropAll();
    await Promise.all(instances.map((instance) => instance.close()));
    await Promise.all([semaphore.close(), redis.stop()]);
  });

  it('is asked by one of them, and by the other when that one has gone; listeners of both hear the same', async () => {
    const [one, other] = instances;
    const first = await listeners.listen(one, 'ci', ADA);
    // Only now is it certain which of the two asks.
    await eventually(() => expect(first.dataOf('watch.started')).toHaveLength(1), PATIENCE_MS);
    const second = await listeners.listen(other, 'ci', ADA);
    await stopPipeline(semaphore, semaphore.samples.pipelineId);
    for (const source of [first, second])
      await eventually(() => expect(source.dataOf('pipeline.changed')).toHaveLength(1), PATIENCE_MS);
    expect([one.readings > 1, other.readings]).toEqual([true, 0]);
    expect(second.events).toEqual(first.events.slice(1));

    await Promise.all([one.close(), first.closed()]);
    const told = second.events.length;
    await eventually(() => expect(second.events.length).toBeGreaterThan(told), PATIENCE_MS);
    expect(second.events[told]!.type).toBe('watch.started');
    expect(other.readings).toBeGreaterThan(0);
  }, 60_000);

  it('is asked by none when nobody listens to either, and by another when somebody does there', async () => {
    await listeners.listen(instances[0], 'ci', ADA);
    await eventually(() => expect(instances[0].readings).toBe(1), PATIENCE_MS);
    await listeners.listen(instances[1], 'ci', ADA);
    await listeners.dropAll();
    const admin = new Redis(redis.url);
    const held = async (): Promise<string[]> => (await admin.keys('*')).filter((key) => key.includes('holding'));
    await eventually(async () => expect(await held()).toEqual([]), PATIENCE_MS);
    admin.disconnect();
    const readings = instances[0].readings;
    const source = await listeners.listen(instances[1], 'ci', ADA);
    await eventually(() => expect(source.dataOf('watch.started').length).toBeGreaterThan(0), PATIENCE_MS);
    expect([instances[0].readings, instances[1].readings > 0]).toEqual([readings, true]);
  }, 60_000);
});
