import { describe, expect, it } from '@jest/globals';
import type { SemaphoreClient } from '../../../src/providers/semaphore/semaphore.client.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import { eachWithScript } from './scripted-scene.ts';
import { SOME_ID, type ScriptedSemaphore } from './scripted-semaphore.ts';

const PAGE = { limit: 100 };

let upstream: ScriptedSemaphore;
let client: SemaphoreClient;
eachWithScript((scene) => ({ upstream, client } = scene));

const project = (name: string) => ({ metadata: { name, id: `id of ${name}` }, spec: {} });
const job = { metadata: { id: 'a' }, status: {} };

describe('a list of projects', () => {
  const more = { 'x-page': '1', 'x-has-more': 'true' };
  const last = { 'x-page': '2', 'x-has-more': 'false' };

  it('goes on behind a page of which our token may see nothing', async () => {
    upstream.answer({ headers: more, body: [] }, { headers: last, body: [project('a')] });
    expect(await client.listProjects(PAGE)).toMatchObject({ items: [{ name: 'a' }], next: null });
    expect(upstream.requests).toEqual(['GET /projects?page=1', 'GET /projects?page=2']);
  });

  it('goes on, where a page ends within ours, with what is missing of it', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map(project);
    upstream.answer({ headers: more, body: [a, b] }, { headers: last, body: [c] });
    const { items, next } = await client.listProjects({ limit: 2, position: { page: 1, skip: 1 } });
    expect(items.map(({ name }) => name)).toEqual(['b', 'c']);
    expect(next).toBeNull();
  });

  it('of a server that knows no pages is whole', async () => {
    upstream.answer({ body: [project('a')] });
    expect(await client.listProjects(PAGE)).toMatchObject({ items: [{ name: 'a' }], next: null });
  });

  it('is no answer when it is another page than asked for', async () => {
    upstream.answer({ headers: more, body: [project('a')] });
    const position = { page: 2, skip: 0 };
    const error = await rejectionOf(client.listProjects({ limit: 1, position }));
    expect(error).toMatchObject({ code: 'upstream_invalid_answer', reason: expect.stringContaining('x-page') });
  });

  it('ends where Semaphore does not count further', async () => {
    upstream.answer({ headers: { 'x-page': '100', 'x-has-more': 'true' }, body: [project('a')] });
    expect((await client.listProjects({ limit: 1, position: { page: 100, skip: 0 } })).next).toBeNull();
  });
});

describe('a list of jobs', () => {
  it('is no answer when its token leads to where it came from', async () => {
    upstream.answer({ body: { jobs: [job], next_page_token: 'loop' } });
    const error = await rejectionOf(client.listJobs([], PAGE));
    expect(error).toMatchObject({
      code: 'upstream_invalid_answer',
      reason: expect.stringContaining('next_page_token'),
    });
    expect(upstream.requests).toHaveLength(2);
  });

  it.each([
    ['an empty token', { jobs: [job], next_page_token: '' }],
    ['no token', { jobs: [job] }],
    ['null', { jobs: [job], next_page_token: null }],
    ['no jobs', {}],
  ])('ends with %s', async (_what, body) => {
    upstream.answer({ body });
    expect((await client.listJobs(['running'], PAGE)).next).toBeNull();
    expect(upstream.requests).toEqual(['GET /jobs?page_size=30&states=RUNNING']);
  });

  it('has nulls for all that is missing, and a state that says so', async () => {
    upstream.answer({ body: { jobs: [{ ...job, status: { result: 'NONE', state: 9 } }] } });
    const unset = { projectId: null, pipelineId: null, createdAt: null, updatedAt: null, startedAt: null };
    expect((await client.listJobs([], PAGE)).items).toEqual([
      { id: 'a', name: '', state: 'unknown', result: null, finishedAt: null, ...unset },
    ]);
  });

  it('names the pipeline of a job, which is in its environment', async () => {
    const env_vars = [
      { name: 'SECRET', value: 's' },
      { name: 'SEMAPHORE_PIPELINE_ID', value: 'p' },
    ];
    upstream.answer({ body: { ...job, spec: { project_id: 'q', env_vars } } });
    const answer = await client.getJob(SOME_ID);
    expect(answer).toMatchObject({ projectId: 'q', pipelineId: 'p' });
    expect(JSON.stringify(answer)).not.toContain('SECRET');
  });
});
