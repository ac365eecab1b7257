import { afterEach, describe, expect, it } from '@jest/globals';
import type { SemaphorePage, SemaphorePosition } from '../../../src/providers/semaphore/semaphore-paging.ts';
import type { SemaphoreClient } from '../../../src/providers/semaphore/semaphore.client.ts';
import { startSemaphore, type SemaphoreOptions, type SemaphoreStandIn } from '../../upstreams/semaphore.stand-in.ts';
import { buildSemaphore, type BuiltSemaphore } from './build-semaphore.ts';
import { SOME_ID } from './scripted-semaphore.ts';

let upstream: SemaphoreStandIn;
let semaphore: BuiltSemaphore;

const start = async (options: SemaphoreOptions = {}): Promise<SemaphoreClient> => {
  upstream = await startSemaphore(options);
  semaphore = buildSemaphore(upstream);
  return semaphore.client;
};
afterEach(async () => {
  await semaphore.close();
  await upstream.close();
});

type Read = (position: SemaphorePosition | undefined) => Promise<SemaphorePage<{ readonly id: string }>>;

/** Ids of all pages; each position goes through JSON, as in a cursor. */
const walk = async (read: Read): Promise<string[][]> => {
  const pages: string[][] = [];
  let position: SemaphorePosition | undefined;
  do {
    const { items, next } = await read(position);
    pages.push(items.map(({ id }) => id));
    position = next === null ? undefined : (JSON.parse(JSON.stringify(next)) as SemaphorePosition);
  } while (position !== undefined && pages.length < 1_000);
  return pages;
};

describe('a walk through a list', () => {
  it.each([1, 7, 10, 73, 100])('of 73 workflows, %d at a time, meets each once and in order', async (limit) => {
    const client = await start({ workflows: 73 });
    const { projectId } = upstream.samples;
    const pages = await walk((position) => client.listWorkflows({ projectId }, { limit, position }));
    expect(pages.flat()).toEqual(upstream.workflowIds);
    expect(pages).toHaveLength(Math.ceil(73 / limit));
  });

  it('goes on in the size it began with, whatever is asked for later', async () => {
    const client = await start({ workflows: 25 });
    const { projectId } = upstream.samples;
    let limit = 10;
    const pages = await walk((position) => client.listWorkflows({ projectId }, { limit: limit--, position }));
    expect(pages.flat()).toEqual(upstream.workflowIds);
  });

  it('ends when the list has become shorter on the way', async () => {
    const client = await start({ workflows: 5 });
    const { projectId } = upstream.samples;
    const position = { page: 9, size: 2 };
    expect(await client.listWorkflows({ projectId }, { limit: 2, position })).toEqual({ items: [], next: null });
  });

  it.each([1, 10, 30, 31, 60, 100])('of 95 jobs, %d at a time, meets each once and in order', async (limit) => {
    const client = await start({ jobs: 95 });
    const pages = await walk((position) => client.listJobs([], { limit, position }));
    expect(pages.flat()).toEqual(upstream.jobIds);
    expect(pages).toHaveLength(Math.ceil(95 / limit));
  });

  it.each([64, 100])('of 1,234 projects, %d at a time, meets each once and in order', async (limit) => {
    const client = await start({ projects: 1_234, workflows: 1, jobs: 1 });
    const pages = await walk((position) => client.listProjects({ limit, position }));
    expect(pages.flat()).toEqual(upstream.projectIds);
    expect(pages).toHaveLength(Math.ceil(1_234 / limit));
  });

  it('of nothing is one empty page', async () => {
    const client = await start();
    const { donePipelineId } = upstream.samples;
    expect(await client.listPromotions(donePipelineId, { limit: 100 })).toEqual({ items: [], next: null });
  });

  it('of promotions tells what was promoted, and asks for no more than Semaphore gives', async () => {
    const client = await start();
    const { passedPipelineId, promotion } = upstream.samples;
    await client.promote(passedPipelineId, promotion, false);
    const { items } = await client.listPromotions(passedPipelineId, { limit: 100 });
    expect(items).toMatchObject([{ name: promotion, status: 'passed' }]);
    expect(items[0]?.triggeredAt).toMatch(/^20.*Z$/);
    expect(upstream.requests.at(-1)?.path).toContain('page_size=99');
  });

  it('cannot go on in another list', async () => {
    const client = await start();
    await expect(client.listJobs([], { limit: 1, position: { page: 1, size: 1 } })).rejects.toThrow(TypeError);
    await expect(client.listProjects({ limit: 1, position: { token: 'a' } })).rejects.toThrow(TypeError);
    const position = { page: 1, skip: 0 };
    await expect(client.listPipelines({ projectId: SOME_ID }, { limit: 1, position })).rejects.toThrow(TypeError);
    expect(upstream.requests).toEqual([]);
  });
});
