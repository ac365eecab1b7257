import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../../test/support/fake-clock.ts';
import type { SemaphoreClient } from '../../../providers/semaphore/semaphore.client.ts';
import type { SemaphorePipeline } from '../../../providers/semaphore/semaphore-shapes.ts';
import { BoardReader } from './board-reader.ts';

const { signal } = new AbortController();

/** Where `number` is larger, it is newer. */
const pipeline = (number: number, state: string): SemaphorePipeline =>
  ({ id: `p${number}`, state, result: null, createdAt: new Date(number * 1_000).toISOString() }) as SemaphorePipeline;

/** From the newest to the oldest. */
const ids = (from: number, to: number): string[] =>
  Array.from({ length: from - to + 1 }, (_, index) => `p${from - index}`);

let clock: FakeClock;
let reader: BoardReader;
let pipelines: SemaphorePipeline[];
/** Whose jobs were asked for, in order. */
let asked: string[];
let projectsAsked: number;

beforeEach(() => {
  [asked, projectsAsked] = [[], 0];
  const semaphore: Partial<SemaphoreClient> = {
    listProjects: () => {
      projectsAsked += 1;
      return Promise.resolve({ items: [{ id: 'one', name: 'one' } as never], next: null });
    },
    listPipelines: () => Promise.resolve({ items: pipelines, next: null }),
    getPipeline: (id) => {
      asked.push(id);
      return Promise.resolve({ id, blocks: [] } as never);
    },
  };
  clock = new FakeClock();
  reader = new BoardReader(semaphore as SemaphoreClient, clock);
});

describe('the board', () => {
  it('is looked at closely where something is under way: at the newest 20', async () => {
    pipelines = Array.from({ length: 30 }, (_, number) => pipeline(number, number === 25 ? 'done' : 'running'));
    await reader.read(undefined, signal);
    expect(asked).toEqual([...ids(29, 26), ...ids(24, 9)]);
  });

  it('is looked at closely first where something has just ended, however old that is', async () => {
    pipelines = Array.from({ length: 30 }, (_, number) => pipeline(number, number === 1 ? 'done' : 'running'));
    const before = await reader.read(undefined, signal);
    asked = [];
    pipelines = pipelines.map((one) => (one.id === 'p0' ? pipeline(0, 'done') : one));
    await reader.read(before, signal);
    expect(asked).toEqual(['p0', ...ids(29, 11)]);
  });

  it('has its projects asked for once a minute', async () => {
    pipelines = [];
    for (const passMs of [0, 59_999, 1]) {
      await clock.advance(passMs);
      await reader.read(undefined, signal);
    }
    expect(projectsAsked).toBe(2);
  });
});
