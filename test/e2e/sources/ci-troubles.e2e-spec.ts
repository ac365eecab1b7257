import { afterEach, describe, expect, it } from '@jest/globals';
import { startSemaphore, type SemaphoreOptions, type SemaphoreStandIn } from '../../upstreams/semaphore.stand-in.ts';
import { startWatch, stopPipeline, toEnv, type WatchScene } from './watch-scene.ts';

let semaphore: SemaphoreStandIn;
let breakwater: WatchScene;
afterEach(async () => {
  await breakwater.close();
  await semaphore.close();
});

const start = async (options: SemaphoreOptions = {}, env?: Readonly<Record<string, string>>): Promise<void> => {
  semaphore = await startSemaphore({ workflows: 3, projects: 2, jobs: 6, ...options });
  breakwater = await startWatch(env ?? toEnv(semaphore));
};

const ofPoll = (): string[] => breakwater.logLines.filter((line) => line.includes('A poll failed'));
const FOREVER = 1_000;
const MINUTES_MS = 10 * 60_000;

describe('a CI service', () => {
  it('that fails is asked less and less, is logged once, and keeps no stream from lasting', async () => {
    await start();
    semaphore.failNext(500, 'text', FOREVER);
    const source = await breakwater.listen();
    await breakwater.pass(MINUTES_MS);
    expect(ofPoll()).toHaveLength(1);
    expect(breakwater.readAt.length).toBeGreaterThan(8);
    expect(breakwater.readAt.length).toBeLessThan(20);
    expect(source.events).toEqual([]);
    expect(source.parser.comments.length).toBeGreaterThan(10);
    expect(breakwater.logLines.length).toBeLessThan(40);
  });

  it('that is not configured: the same', async () => {
    await start({}, {});
    const source = await breakwater.listen();
    await breakwater.pass(MINUTES_MS);
    expect(ofPoll()).toHaveLength(1);
    expect(source.events).toEqual([]);
    expect(source.parser.comments.length).toBeGreaterThan(10);
    expect(breakwater.logLines.length).toBeLessThan(40);
  });

  it('that fails for a while has what changed meanwhile told afterwards', async () => {
    await start();
    const source = await breakwater.listen();
    await breakwater.pass(1_000);
    await stopPipeline(semaphore, semaphore.samples.pipelineId);
    semaphore.failNext(503, 'json-string');
    await breakwater.pass(6_000);
    expect(ofPoll()).toHaveLength(1);
    expect(source.events).toHaveLength(1);
    await breakwater.pass(70_000);
    const types = source.events.map(({ type }) => type);
    expect(types[0]).toBe('watch.started');
    expect(types.filter((type) => type === 'watch.started')).toHaveLength(1);
    expect(types.filter((type) => type === 'job.changed')).toHaveLength(3);
    expect(source.dataOf('pipeline.changed').at(-1)).toMatchObject({ state: 'done', result: 'stopped' });
  });

  it('with many projects is asked for the first 20', async () => {
    await start({ projects: 25 });
    await breakwater.listen();
    await breakwater.pass(12_000);
    expect(breakwater.readAt.length).toBeGreaterThan(1);
    const asked = semaphore.requests.flatMap(({ path }) => /project_id=([\w-]+)/.exec(path)?.[1] ?? []);
    expect(new Set(asked)).toEqual(new Set(semaphore.projectIds.slice(0, 20)));
    expect(asked).toHaveLength(20 * breakwater.readAt.length);
  });

  it('is watched anew after a restart: what has changed meanwhile is not told, but that it may have is', async () => {
    await start();
    await breakwater.listen();
    await breakwater.pass(1_000);
    await breakwater.close();
    await stopPipeline(semaphore, semaphore.samples.pipelineId);
    breakwater = await startWatch(toEnv(semaphore));
    const source = await breakwater.listen();
    await breakwater.pass(1_000);
    expect(source.events.map(({ type, data }) => [type, data])).toEqual([['watch.started', '{}']]);
  });
});
