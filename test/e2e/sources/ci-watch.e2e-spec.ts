import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSemaphore, type SemaphoreStandIn } from '../../upstreams/semaphore.stand-in.ts';
import { ADA, callerOf, GRACE } from '../authentication/known-callers.ts';
import { startWatch, stopPipeline, toEnv, type WatchScene } from './watch-scene.ts';

let semaphore: SemaphoreStandIn;
let breakwater: WatchScene;
beforeEach(async () => {
  semaphore = await startSemaphore({ workflows: 3, projects: 2, jobs: 6 });
  breakwater = await startWatch(toEnv(semaphore));
});
afterEach(async () => {
  await breakwater.close();
  await semaphore.close();
});

/** From one reading to the next, in seconds. */
const intervals = (): number[] => breakwater.readAt.slice(1).map((time, at) => (time - breakwater.readAt[at]!) / 1_000);

/** Give or take a tenth, and the half second in which time passes. */
const expectAbout = (found: readonly number[], wanted: readonly number[]): void => {
  expect(found).toHaveLength(wanted.length);
  wanted.forEach((seconds, at) => {
    expect(found[at]).toBeGreaterThanOrEqual(seconds * 0.9 - 0.5);
    expect(found[at]).toBeLessThanOrEqual(seconds * 1.1 + 0.5);
  });
};

describe('the CI service', () => {
  it('is not asked at all while nobody listens', async () => {
    await breakwater.pass(120_000);
    expect([breakwater.readAt, semaphore.requests]).toEqual([[], []]);
  });

  it.each([
    ['nobody knows', undefined, 401],
    ['may not read it', 'token-of-a-stranger', 403],
  ])('is not asked for one who %s', async (_what, token, status) => {
    breakwater.tokens.answer = () => Promise.resolve({ caller: callerOf('stranger', ['ci:write', 'pokemon:read']) });
    expect((await breakwater.connect(token)).status).toBe(status);
    await breakwater.pass(10_000);
    expect([breakwater.readAt, semaphore.requests]).toEqual([[], []]);
  });

  it('is asked as soon as somebody listens, and what changes is told', async () => {
    const source = await breakwater.listen();
    await breakwater.pass(1_000);
    expect(source.events.map(({ type }) => type)).toEqual(['watch.started']);
    const id = semaphore.samples.pipelineId;
    await stopPipeline(semaphore, id);
    await breakwater.pass(12_000);
    const [stopping, done] = source.dataOf('pipeline.changed');
    expect(stopping).toMatchObject({ id, state: 'stopping', result: null });
    expect(done).toMatchObject({ id, state: 'done', result: 'stopped' });
    const { projectId } = semaphore.samples;
    const jobs = source.dataOf('job.changed');
    expect(jobs).toHaveLength(3);
    for (const job of jobs)
      expect(job).toMatchObject({ pipelineId: id, projectId, state: 'finished', result: 'stopped' });
    expect(source.events.at(-1)!.type).toBe('pipeline.changed');
  });

  it('is asked by one poll, however many listen', async () => {
    const sources = await Promise.all([ADA, ADA, ADA, GRACE, GRACE].map((token) => breakwater.listen(token)));
    await breakwater.pass(4_000);
    expect(breakwater.readAt).toHaveLength(1);
    await stopPipeline(semaphore, semaphore.samples.pipelineId);
    await breakwater.pass(12_000);
    expect(Math.min(...intervals())).toBeGreaterThan(4.4);
    const [first, ...others] = sources.map(({ events }) => events.filter(({ type }) => type !== 'watch.started'));
    expect(first).toHaveLength(5);
    for (const events of others) expect(events).toEqual(first);
  });

  it('is asked less and less while nothing changes, and often again when something does', async () => {
    await breakwater.listen();
    await breakwater.pass(220_000);
    expectAbout(intervals(), [5, 10, 20, 40, 60, 60]);
    await stopPipeline(semaphore, semaphore.samples.pipelineId);
    const before = breakwater.readAt.length;
    await breakwater.pass(70_000);
    // The one that finds it, the one after, with the end of it, and then slower again.
    expectAbout(intervals().slice(before, before + 3), [5, 5, 10]);
  });

  it('is asked no more when the last one has left, and anew for the next', async () => {
    await breakwater.listen();
    const other = await breakwater.listen(GRACE);
    await breakwater.pass(1_000);
    await other.drop();
    await breakwater.pass(10_000);
    expect(breakwater.readAt).toHaveLength(2);
    await breakwater.leave();
    const asked = semaphore.requests.length;
    await breakwater.pass(200_000);
    expect(semaphore.requests).toHaveLength(asked);
    const next = await breakwater.listen();
    await breakwater.pass(3_000);
    expect(next.events.map(({ type }) => type)).toEqual(['watch.started']);
  });
});
