import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSemaphore, type SemaphoreStandIn } from '../semaphore.stand-in.ts';
import { ask } from './raw-client.ts';

let server: SemaphoreStandIn;
beforeAll(async () => {
  server = await startSemaphore({ projects: 501, jobs: 65 });
});
afterAll(() => server.close());

describe('pages of projects', () => {
  it.each([
    ['1', 500, 'true'],
    ['2', 1, 'false'],
    ['3', 0, 'false'],
    ['100', 0, 'false'],
  ])('have 500 and say whether there are more: page %s', async (page, length, hasMore) => {
    const { json, headers } = await ask(server, '/projects', { query: { page, page_size: '10' } });
    expect(json).toHaveLength(length);
    expect([headers.get('x-page'), headers.get('x-has-more'), headers.get('link')]).toEqual([page, hasMore, null]);
  });

  it('have no more behind a full last one', async () => {
    const full = await startSemaphore({ projects: 500 });
    const { headers } = await ask(full, '/projects');
    await full.close();
    expect(headers.get('x-has-more')).toBe('false');
  });

  it.each([
    ['0', 'page must be at least 1'],
    ['101', 'page must be at most 100'],
    ['two', 'page must be a number'],
  ])('have bounds: page %s', async (page, message) => {
    const { status, json } = await ask(server, '/projects', { query: { page } });
    expect([status, json]).toEqual([400, { message }]);
  });

  it('have projects that are found by name, not by id', async () => {
    const { projectId, projectName } = server.samples;
    const { json } = await ask(server, `/projects/${projectName}`);
    expect(json).toMatchObject({ metadata: { id: projectId, name: projectName }, spec: { visibility: 'private' } });
    expect((await ask(server, `/projects/${projectId}`)).status).toBe(404);
  });
});

const ALL = 'states=PENDING&states=QUEUED&states=RUNNING&states=FINISHED';
type Jobs = { jobs: { metadata: { id: string }; status: { state: string } }[]; next_page_token: string };
const jobs = async (query: string) => (await ask(server, `/jobs?${query}`)).json as Jobs;

describe('pages of jobs', () => {
  it('go on by token, 30 at a time, until it is empty', async () => {
    const first = await jobs(ALL);
    const second = await jobs(`${ALL}&page_token=${encodeURIComponent(first.next_page_token)}`);
    const third = await jobs(`${ALL}&page_token=${encodeURIComponent(second.next_page_token)}`);
    const pages = [first, second, third];
    expect(pages.map((page) => page.jobs.length)).toEqual([30, 30, 5]);
    expect(pages.flatMap((page) => page.jobs.map(({ metadata }) => metadata.id))).toEqual(server.jobIds);
    expect(third.next_page_token).toBe('');
  });

  it('have no more than 30', async () => {
    const { status, json } = await ask(server, `/jobs?${ALL}&page_size=31`);
    expect([status, json]).toEqual([400, { code: 3, message: "Page size can't exceed 30", details: [] }]);
    expect((await jobs(`${ALL}&page_size=7`)).jobs).toHaveLength(7);
  });

  it('are empty where no state is asked for', async () => {
    expect(await jobs('')).toEqual({ jobs: [], next_page_token: '' });
  });

  it('have only the states that are asked for', async () => {
    const states = (await jobs('states=RUNNING&states=1')).jobs.map(({ status }) => status.state);
    expect(states).toEqual(['RUNNING', 'QUEUED']);
  });

  it.each(['states=running', 'states=RUNNING,QUEUED', 'states[]=RUNNING', 'page_size=many'])(
    'do not understand %s',
    async (query) => {
      const { status, json } = await ask(server, `/jobs?${query}`);
      expect([status, json]).toEqual([400, expect.objectContaining({ code: 3, details: [] })]);
    },
  );

  it('break on a token that is none', async () => {
    const { status, json } = await ask(server, `/jobs?${ALL}&page_token=none`);
    expect([status, json]).toEqual([500, expect.objectContaining({ code: 2 })]);
  });
});
