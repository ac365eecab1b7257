import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jsonOf, problemOf } from '../../support/ask.ts';
import { startCi, type CiScene } from './ci-scene.ts';

interface Page {
  readonly items: { readonly id: string; readonly state?: string; readonly branch?: string }[];
  readonly next: string | null;
}

const ABSENT = '00000000-0000-4000-8000-000000000000';
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

let breakwater: CiScene;
beforeAll(async () => {
  breakwater = await startCi();
});
afterAll(() => breakwater.close());

const samples = () => breakwater.semaphore.samples;
const read = async <T = Page>(path: string): Promise<T> => {
  const answer = await breakwater.get(path);
  expect([path, answer.status]).toEqual([path, 200]);
  return jsonOf<T>(answer);
};

describe('what is not there', () => {
  it.each([
    ['/projects/nothing', 'There is no project "nothing"'],
    [`/workflows?projectId=${ABSENT}`, `There is no project ${ABSENT}`],
    [`/workflows/${ABSENT}`, `There is no workflow ${ABSENT}`],
    [`/pipelines/${ABSENT}`, `There is no pipeline ${ABSENT}`],
    [`/pipelines/${ABSENT}/promotions`, `There is no pipeline ${ABSENT}`],
    [`/jobs/${ABSENT}`, `There is no job ${ABSENT}`],
    [`/jobs/${ABSENT}/logs`, `There is no log of a job ${ABSENT}`],
  ])('is 404, in a sentence: %s', async (path, detail) => {
    expect(problemOf(await breakwater.get(path))).toMatchObject({ status: 404, code: 'not_found', detail });
  });

  it.each([
    '/workflows',
    '/pipelines',
    '/pipelines?branch=main',
    '/workflows?projectId=',
    '/jobs?state=',
    '/jobs?state=done',
    '/jobs?state=stopping',
    '/jobs?state=running,running',
    '/jobs?state=running,',
    '/jobs?state=RUNNING',
    '/jobs?state=running&state=queued',
    '/jobs?states=running',
    '/projects?limit=0',
    '/projects?limit=101',
  ])('is not even looked for when the question is wrong: %s', async (path) => {
    const before = breakwater.semaphore.requests.length;
    expect(problemOf(await breakwater.get(path))).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(breakwater.semaphore.requests).toHaveLength(before);
  });

  it('is asked for by a project or by a workflow: both are named where it is neither or both', async () => {
    const { projectId, workflowId } = samples();
    for (const query of ['', `?projectId=${projectId}&workflowId=${workflowId}`]) {
      const { errors } = problemOf(await breakwater.get(`/pipelines${query}`));
      expect(errors).toEqual([
        { field: 'projectId', detail: 'must be given, or else workflowId, and not both' },
        { field: 'workflowId', detail: 'must be given, or else projectId, and not both' },
      ]);
    }
    expect(problemOf(await breakwater.get('/pipelines?workflowId=7%2F..')).errors).toEqual([
      { field: 'workflowId', detail: expect.stringContaining('not only dots') },
    ]);
  });
});

describe('projects', () => {
  it('are listed, and each is found by its name', async () => {
    const { items, next } = await read('/projects');
    expect(items.map(({ id }) => id)).toEqual(breakwater.semaphore.projectIds);
    expect(next).toBeNull();
    const project = await read<object>(`/projects/${samples().projectName}`);
    expect(project).toMatchObject({ id: samples().projectId, name: samples().projectName, repository: {} });
  });
});

describe('workflows', () => {
  it('are listed, and each is found by its id, in any case', async () => {
    const { items } = await read(`/workflows?projectId=${samples().projectId.toUpperCase()}&limit=100`);
    expect(items.map(({ id }) => id)).toEqual(breakwater.semaphore.workflowIds);
    expect(await read<object>(`/workflows/${samples().workflowId.toUpperCase()}`)).toMatchObject({
      id: samples().workflowId,
      projectId: samples().projectId,
      createdAt: expect.stringMatching(TIME),
    });
  });

  it('are listed by branch', async () => {
    const { items } = await read(`/workflows?projectId=${samples().projectId}&branch=feature/wide-beam&limit=100`);
    expect(items.length).toBeGreaterThan(3);
    expect(new Set(items.map(({ branch }) => branch))).toEqual(new Set(['feature/wide-beam']));
  });
});

describe('pipelines', () => {
  it('are listed by project, and by workflow', async () => {
    expect((await read(`/pipelines?projectId=${samples().projectId}`)).items).toHaveLength(20);
    const { items } = await read(`/pipelines?workflowId=${samples().workflowId}`);
    expect(items.map(({ id }) => id)).toEqual([samples().pipelineId]);
    expect(items[0]).toMatchObject({ state: 'running', result: null, createdAt: expect.stringMatching(TIME) });
  });

  it('show their blocks and jobs', async () => {
    const pipeline = await read<{ blocks: { id: string; state: string; jobs: object[] }[] }>(
      `/pipelines/${samples().donePipelineId}`,
    );
    expect(pipeline).toMatchObject({ state: 'done', result: 'failed', doneAt: expect.stringMatching(TIME) });
    expect(pipeline.blocks.length).toBeGreaterThan(0);
    for (const { id, state, jobs } of pipeline.blocks) {
      expect([id, state]).toEqual([expect.stringMatching(/./), 'done']);
      for (const job of jobs) expect(job).toMatchObject({ id: expect.stringMatching(/./), state: 'finished' });
    }
    expect(pipeline.blocks.flatMap(({ jobs }) => jobs)).not.toEqual([]);
  });

  it('have promotions', async () => {
    const { items } = await read<{ items: object[] }>(`/pipelines/${samples().pipelineId}/promotions?limit=100`);
    expect(items).toHaveLength(12);
    for (const promotion of items)
      expect(promotion).toMatchObject({ id: expect.any(String), triggeredAt: expect.stringMatching(TIME) });
    expect(new Set(items.map((item) => (item as { id: string }).id)).size).toBe(12);
  });
});

describe('jobs', () => {
  it('are listed, all of them, and each is found by its id', async () => {
    const { items } = await read('/jobs?limit=100');
    expect(items.map(({ id }) => id).sort()).toEqual([...breakwater.semaphore.jobIds].sort());
    expect(await read<object>(`/jobs/${samples().jobId}`)).toMatchObject({
      id: samples().jobId,
      state: 'finished',
      startedAt: expect.stringMatching(TIME),
    });
  });

  it.each(['pending', 'queued', 'running', 'finished', 'running,finished', 'finished,running'])(
    'are listed by state: %s',
    async (state) => {
      const all = (await read('/jobs?limit=100')).items;
      const wanted = all.filter((job) => state.split(',').includes(job.state!)).map(({ id }) => id);
      expect((await read(`/jobs?limit=100&state=${state}`)).items.map(({ id }) => id)).toEqual(wanted);
    },
  );
});
