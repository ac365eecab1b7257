import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSemaphore, type SemaphoreStandIn } from '../semaphore.stand-in.ts';
import { ask, type RawAnswer } from './raw-client.ts';

let server: SemaphoreStandIn;
beforeAll(async () => {
  server = await startSemaphore();
});
afterAll(() => server.close());

const PAGING = ['page-number', 'per-page', 'total', 'total-pages'];
const pagingOf = ({ headers }: RawAnswer) => PAGING.map((name) => Number(headers.get(name)));
const workflows = (query: Record<string, string> = {}) =>
  ask(server, '/plumber-workflows', { query: { project_id: server.samples.projectId, ...query } });
const idsOf = ({ json }: RawAnswer) => (json as { wf_id: string }[]).map((workflow) => workflow.wf_id);

describe('numbered pages', () => {
  it('have 30 items unless asked otherwise', async () => {
    const answer = await workflows();
    expect(pagingOf(answer)).toEqual([1, 30, 73, 3]);
    expect(idsOf(answer)).toEqual(server.workflowIds.slice(0, 30));
  });

  it('have no upper bound', async () => {
    const answer = await workflows({ page_size: '1000' });
    expect([pagingOf(answer), idsOf(answer)]).toEqual([[1, 1_000, 73, 1], server.workflowIds]);
  });

  it.each([['0'], ['-5'], ['many'], ['']])('take a size of "%s" for the default', async (size) => {
    expect(pagingOf(await workflows({ page_size: size }))).toEqual([1, 30, 73, 3]);
  });

  it('repeat the last page for every page behind it', async () => {
    const [last, behind] = [await workflows({ page: '3' }), await workflows({ page: '4' })];
    expect(idsOf(behind)).toEqual(idsOf(last));
    expect(pagingOf(behind)).toEqual([3, 30, 73, 3]);
  });

  it('link to the others in the order next, prev, first, last, by http and nowhere', async () => {
    const link = (await workflows({ page: '2', page_size: '30' })).headers.get('link') ?? '';
    const links = link.split(', ').map((one) => /^<(.+)>; rel="(.+)"$/.exec(one)?.slice(1, 3) ?? []);
    expect(links.map(([, rel]) => rel)).toEqual(['next', 'prev', 'first', 'last']);
    const base = `http://acme.semaphore.invalid/api/v1alpha/plumber-workflows`;
    expect(links[0]?.[0]).toBe(`${base}?page=3&page_size=30&project_id=${server.samples.projectId}`);
  });

  it('have neither next at the end nor prev at the beginning, and one page where there is nothing', async () => {
    const answer = await workflows({ branch_name: 'nobody/was-here' });
    expect([answer.json, pagingOf(answer)]).toEqual([[], [1, 30, 0, 1]]);
    expect(answer.headers.get('link')).not.toMatch(/next|prev/);
  });

  it('can be of one branch, and of a time in seconds', async () => {
    const found = (await workflows({ branch_name: 'main', page_size: '100' })).json as { branch_name: string }[];
    expect(new Set(found.map((workflow) => workflow.branch_name))).toEqual(new Set(['main']));
    const noon = Date.UTC(2026, 4, 4, 12) / 1_000;
    expect(idsOf(await workflows({ created_after: String(noon - 1) }))).toEqual(server.workflowIds.slice(0, 1));
    expect(idsOf(await workflows({ created_after: String(noon) }))).toEqual([]);
    const before = await workflows({ created_before: String(noon), page_size: '100' });
    expect(idsOf(before)).toEqual(server.workflowIds.slice(1));
  });

  it('break on a time that is none', async () => {
    const { status, text } = await workflows({ created_after: 'yesterday' });
    expect([status, text]).toEqual([500, 'Something went wrong']);
  });

  it('of pipelines can be of one workflow, of one file, and of those done', async () => {
    const { projectId, workflowId, pipelineId } = server.samples;
    const list = async (query: Record<string, string>) =>
      (await ask(server, '/pipelines', { query: { page_size: '100', ...query } })).json as { ppl_id: string }[];
    expect((await list({ wf_id: workflowId })).map((pipeline) => pipeline.ppl_id)).toEqual([pipelineId]);
    expect(await list({ project_id: projectId, done_after: '1' })).toHaveLength(72);
    expect(await list({ project_id: projectId, yml_file_path: '.semaphore/semaphore.yml' })).toHaveLength(73);
    expect(await list({ project_id: projectId, yml_file_path: 'semaphore.yml' })).toEqual([]);
  });

  it('of promotions have 10 items unless asked otherwise, and want numbers', async () => {
    const list = (query: Record<string, string> = {}) =>
      ask(server, '/promotions', { query: { pipeline_id: server.samples.pipelineId, ...query } });
    expect(pagingOf(await list())).toEqual([1, 10, 12, 2]);
    const { status, text } = await list({ page_size: 'many' });
    expect([status, text]).toEqual([400, `"Invalid value of 'page_size' param: \\"many\\" - needs to be integer."`]);
  });

  it.each([{ page: '0' }, { page_size: '0' }, { page_size: '100' }])('of promotions break on %j', async (query) => {
    const { samples } = server;
    const answer = await ask(server, '/promotions', { query: { pipeline_id: samples.pipelineId, ...query } });
    expect([answer.status, answer.json]).toEqual([500, 'Internal error']);
  });

  it('of promotions break on a pipeline that nothing can be promoted from, which says so itself', async () => {
    const { barePipelineId } = server.samples;
    const { status, json } = await ask(server, `/promotions?pipeline_id=${barePipelineId}`);
    expect([status, json]).toEqual([500, 'Internal error']);
    expect((await ask(server, `/pipelines/${barePipelineId}`)).json).toMatchObject({ pipeline: { switch_id: '' } });
  });
});
