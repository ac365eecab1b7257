import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSemaphore, type SemaphoreStandIn } from '../../upstreams/semaphore.stand-in.ts';
import { startPartlyRefusing, type PartlyRefusing } from './partly-refusing.ts';
import { startWatch, stopPipeline, toEnv, type WatchScene } from './watch-scene.ts';

let semaphore: SemaphoreStandIn;
let service: PartlyRefusing;
let breakwater: WatchScene;
beforeEach(async () => {
  semaphore = await startSemaphore({ workflows: 3, projects: 25, jobs: 6 });
  service = await startPartlyRefusing(semaphore);
  breakwater = await startWatch({ ...toEnv(semaphore), SEMAPHORE_URL: service.url });
});
afterEach(async () => {
  await breakwater.close();
  await service.close();
  await semaphore.close();
});

describe('a CI service', () => {
  it.each([
    ['another project', () => semaphore.projectIds[1]!],
    ['the jobs of a pipeline', () => `/pipelines/${semaphore.samples.pipelineId}`],
  ])('that refuses to tell of %s is watched all the same', async (_what, refused) => {
    service.refuses = (path) => path.includes(refused());
    const source = await breakwater.listen();
    await breakwater.pass(1_000);
    const id = semaphore.samples.pipelineId;
    await stopPipeline(semaphore, id);
    await breakwater.pass(12_000);
    expect(source.events[0]!.type).toBe('watch.started');
    expect(source.dataOf('pipeline.changed')[0]).toMatchObject({ id, state: 'stopping' });
  });

  it('that refuses for a while to tell of a project has nothing told as new afterwards', async () => {
    const source = await breakwater.listen();
    await breakwater.pass(1_000);
    service.refuses = (path) => path.includes(semaphore.samples.projectId);
    await breakwater.pass(20_000);
    service.refuses = () => false;
    await breakwater.pass(60_000);
    expect(source.events.map(({ type }) => type)).toEqual(['watch.started']);
  });

  it('that refuses all has nothing told, and is asked less and less', async () => {
    service.refuses = () => true;
    const source = await breakwater.listen();
    await breakwater.pass(120_000);
    expect([source.status, source.events]).toEqual([200, []]);
    expect(breakwater.readAt.length).toBeLessThan(7);
  });

  it('that takes its time for each question is watched, too', async () => {
    service.before = () => breakwater.clock.advance(2_000);
    const source = await breakwater.listen();
    await breakwater.idle();
    expect(breakwater.clock.now()).toBeGreaterThan(40_000);
    expect(source.events.map(({ type }) => type)).toEqual(['watch.started']);
  });

  it('is asked nothing more when all leave in the middle of a reading', async () => {
    service.before = () => breakwater.leave();
    await breakwater.connect('token-of-ada');
    await breakwater.pass(30_000);
    expect(breakwater.readAt).toHaveLength(1);
    expect(semaphore.requests.length).toBeLessThan(2);
  });
});
