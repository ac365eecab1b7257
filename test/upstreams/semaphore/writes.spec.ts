import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSemaphore, type SemaphoreStandIn } from '../semaphore.stand-in.ts';
import { ask } from './raw-client.ts';

let server: SemaphoreStandIn;
beforeEach(async () => {
  server = await startSemaphore();
});
afterEach(() => server.close());

type Fields = Record<string, unknown>;

const newestWorkflow = async () => {
  const query = { project_id: server.samples.projectId, page_size: '1' };
  return ((await ask(server, '/plumber-workflows', { query })).json as Fields[])[0];
};
const pipeline = async (id: unknown) =>
  ((await ask(server, `/pipelines/${String(id)}`)).json as { pipeline: Fields }).pipeline;
const run = (fields: Fields) => ask(server, '/plumber-workflows', { json: fields });

describe('running a workflow', () => {
  it('puts a running pipeline before all others', async () => {
    const fields = { project_id: server.samples.projectId, commit_sha: 'abc', pipeline_file: 'ci/deploy.yml' };
    const { status, json } = await run({ ...fields, reference: 'refs/heads/fix/leak', parameters: { A: 'b' } });
    const ids = json as { workflow_id: string; pipeline_id: string };
    expect([status, Object.keys(ids)]).toEqual([200, ['workflow_id', 'pipeline_id']]);
    expect(await newestWorkflow()).toMatchObject({
      ...{ wf_id: ids.workflow_id, initial_ppl_id: ids.pipeline_id },
      ...{ branch_name: 'fix/leak', commit_sha: 'abc', triggered_by: 2 },
    });
    const started = { state: 'running', working_directory: 'ci', yaml_file_name: 'deploy.yml' };
    expect(await pipeline(ids.pipeline_id)).toMatchObject(started);
    expect(server.started).toEqual([{ kind: 'run', id: ids.workflow_id, requestToken: null }]);
  });

  it.each([
    ['main', 'main'],
    ['refs/tags/v2', 'refs/tags/v2'],
    ['refs/pull/5', 'pull-request-5'],
  ])('at %s has the branch %s', async (reference, branch) => {
    await run({ project_id: server.samples.projectId, reference });
    expect(await newestWorkflow()).toMatchObject({ branch_name: branch });
  });

  it('starts another one each time', async () => {
    const form = { project_id: server.samples.projectId, reference: 'main' };
    for (const _ of [1, 2]) expect((await ask(server, '/plumber-workflows', { form })).status).toBe(200);
    expect(new Set(server.started.map(({ id }) => id)).size).toBe(2);
  });

  it('without a project is a JSON string, with an unknown one text', async () => {
    const missing = await run({ reference: 'main' });
    expect([missing.status, missing.json]).toEqual([400, "Invalid request - missing parameter 'project_id'."]);
    const unknown = await run({ project_id: server.samples.jobId, reference: 'main' });
    expect([unknown.status, unknown.text]).toEqual([404, 'Not Found']);
    expect((await run({ project_id: server.samples.projectId })).status).toBe(400);
    expect(server.started).toEqual([]);
  });
});

describe('rerunning a workflow', () => {
  const rerun = (query: Record<string, string>, id = server.samples.workflowId) =>
    ask(server, `/plumber-workflows/${id}/reschedule`, { method: 'POST', query });

  it('wants a token', async () => {
    const { status, json } = await rerun({});
    expect([status, json]).toEqual([400, 'Missing required post parameter request_token.']);
  });

  it('starts it once a token', async () => {
    const [first, second] = [await rerun({ request_token: 'one' }), await rerun({ request_token: 'one' })];
    const { wf_id: id, ppl_id: pipelineId } = first.json as Fields;
    expect([first.status, second.json]).toEqual([200, first.json]);
    expect(server.started).toEqual([{ kind: 'rerun', id, requestToken: 'one' }]);
    expect(await newestWorkflow()).toMatchObject({ wf_id: id, rerun_of: server.samples.workflowId });
    expect(await pipeline(pipelineId)).toMatchObject({ state: 'running', wf_id: id });
    expect((await rerun({ request_token: 'two' })).json).not.toEqual(first.json);
  });

  it('of nothing is absent', async () => {
    const { status, text } = await rerun({ request_token: 'one' }, server.samples.jobId);
    expect([status, text]).toEqual([404, 'Not Found']);
  });
});

describe('rebuilding a pipeline', () => {
  const rebuild = (id: string, json: Fields) => ask(server, `/pipelines/${id}/partial_rebuild`, { json });

  it('starts another pipeline once a token', async () => {
    const { donePipelineId } = server.samples;
    const first = await rebuild(donePipelineId, { request_token: 'one' });
    const second = await rebuild(donePipelineId, { request_token: 'one' });
    const { pipeline_id: id } = first.json as Fields;
    expect([first.json, second.json]).toEqual([{ pipeline_id: id, message: '' }, first.json]);
    expect(server.started).toEqual([{ kind: 'rebuild', id, requestToken: 'one' }]);
    expect(await pipeline(id)).toMatchObject({ state: 'running', partial_rerun_of: donePipelineId });
  });

  it('is refused with a JSON string without a token, while it runs, and when it passed', async () => {
    const { donePipelineId, pipelineId, passedPipelineId } = server.samples;
    const answers = [await rebuild(donePipelineId, { request_token: '' })];
    for (const id of [pipelineId, passedPipelineId]) answers.push(await rebuild(id, { request_token: 'one' }));
    expect(answers.map(({ status, json }) => [status, json])).toEqual([
      [400, 'Missing required post parameter request_token.'],
      [400, 'Only pipelines which are in done state can be partial rebuilt.'],
      [400, 'Pipelines which passed can not be partial rebuilt.'],
    ]);
  });
});

describe('YAML of a pipeline', () => {
  it('is valid with version, agent and blocks', async () => {
    const yaml = 'version: v1.0\nagent: {}\nblocks: []\n';
    const { json } = await ask(server, '/yaml', { json: { yaml_definition: yaml } });
    expect(json).toEqual({ pipeline_id: '', message: 'YAML definition is valid.' });
  });

  it.each([[{}], [{ yaml_definition: 'version: v1.0' }]])('is refused with a JSON string: %j', async (body) => {
    const { status, json } = await ask(server, '/yaml', { json: body });
    expect([status, typeof json]).toEqual([400, 'string']);
  });

  it('is not read from a body that says nothing of its type, and broken JSON is refused as text', async () => {
    const send = (type: string, body: string) =>
      fetch(`${server.url}/yaml`, {
        ...{ method: 'POST', body },
        headers: { authorization: `Token ${server.token}`, 'content-type': type },
      });
    expect((await send('text/plain', '{"yaml_definition":"x"}')).status).toBe(400);
    const broken = await send('application/json', '{');
    expect([broken.status, await broken.text()]).toEqual([400, expect.stringMatching(/^Malformed request: /)]);
  });
});
