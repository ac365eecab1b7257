import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSemaphore, type SemaphoreStandIn } from '../semaphore.stand-in.ts';
import { ask } from './raw-client.ts';

let server: SemaphoreStandIn;
beforeEach(async () => {
  server = await startSemaphore();
});
afterEach(() => server.close());

type Fields = Record<string, unknown>;

const pipeline = async (id = server.samples.pipelineId) =>
  ((await ask(server, `/pipelines/${id}`)).json as { pipeline: Fields }).pipeline;
const jobStates = async () => {
  const { json } = await ask(server, `/pipelines/${server.samples.pipelineId}?detailed=true`);
  const { blocks } = json as { blocks: { jobs: { status: string; result: string }[] }[] };
  return blocks.flatMap(({ jobs }) => jobs.map(({ status, result }) => `${status} ${result}`));
};

describe('stopping a pipeline', () => {
  const patch = (json: Fields, id = server.samples.pipelineId) =>
    ask(server, `/pipelines/${id}`, { method: 'PATCH', json });

  it('makes it stopping for one look, and then done', async () => {
    const { status, json } = await patch({ terminate_request: true });
    expect([status, json]).toEqual([200, 'Pipeline termination started.']);
    const stopping = await pipeline();
    expect(stopping).toMatchObject({ state: 'stopping', stopping_at: expect.stringMatching(/^2026-/) });
    expect(stopping).not.toHaveProperty('result');
    expect(await pipeline()).toMatchObject({ state: 'done', result: 'stopped', result_reason: 'user' });
    expect(await jobStates()).toEqual(Array(3).fill('FINISHED STOPPED'));
    expect(server.stopped).toEqual([server.samples.pipelineId]);
  });

  it('changes nothing of one that is done, and says the same', async () => {
    const { json } = await patch({ terminate_request: true }, server.samples.donePipelineId);
    expect(json).toBe('Pipeline termination started.');
    expect(await pipeline(server.samples.donePipelineId)).toMatchObject({ state: 'done', result: 'failed' });
  });

  it.each([[{}], [{ terminate_request: 'true' }], [{ terminate_request: 1 }], [{ terminate_request: false }]])(
    'wants true and nothing else: not %j',
    async (json) => {
      const { status, json: message } = await patch(json);
      const wanted = "Value of 'terminate_request' field must be boolean value 'true'.";
      expect([status, message, server.stopped]).toEqual([400, wanted, []]);
    },
  );
});

describe('stopping a workflow', () => {
  it('stops what runs of it', async () => {
    const { workflowId } = server.samples;
    const stop = () => ask(server, `/plumber-workflows/${workflowId}/terminate`, { method: 'POST' });
    expect((await stop()).json).toBe('Termination started for 1 pipelines.');
    await pipeline();
    expect(await pipeline()).toMatchObject({ state: 'done', result: 'stopped' });
    expect((await stop()).json).toBe('Termination started for 0 pipelines.');
    expect(server.stopped).toEqual([workflowId, workflowId]);
  });
});

describe('stopping a job', () => {
  it('finishes it and answers an empty object', async () => {
    const running = (await ask(server, '/jobs?states=RUNNING')).json as { jobs: { metadata: { id: string } }[] };
    const id = running.jobs[0]?.metadata.id ?? '';
    const { status, text } = await ask(server, `/jobs/${id}/stop`, { method: 'POST' });
    expect([status, text, server.stopped]).toEqual([200, '{}', [id]]);
    const { json } = await ask(server, `/jobs/${id}`);
    expect(json).toMatchObject({ status: { state: 'FINISHED', result: 'STOPPED' } });
  });

  it('of nothing is absent', async () => {
    const { status, json } = await ask(server, `/jobs/${server.samples.workflowId}/stop`, { method: 'POST' });
    expect([status, json]).toEqual([404, { code: 5, message: 'Job not found.', details: [] }]);
  });
});

describe('promoting a pipeline', () => {
  const promote = (given: Record<string, string>) =>
    ask(server, '/promotions', {
      form: { pipeline_id: server.samples.passedPipelineId, name: server.samples.promotion, ...given },
    });
  const listOf = async (id: string) => (await ask(server, `/promotions?pipeline_id=${id}`)).json as Fields[];

  it('answers a JSON string, and is first of its list, with the pipeline that it started', async () => {
    const { status, json } = await promote({});
    expect([status, json]).toEqual([200, 'Promotion successfully triggered.']);
    const { passedPipelineId, promotion } = server.samples;
    const [newest] = await listOf(passedPipelineId);
    expect(newest).toMatchObject({ name: promotion, override: false, status: 'passed' });
    const started = await pipeline(String(newest?.['scheduled_pipeline_id']));
    expect(started).toMatchObject({ state: 'running', promotion_of: passedPipelineId, name: promotion });
    expect(server.promoted).toEqual([{ pipelineId: passedPipelineId, name: promotion, override: false }]);
  });

  it.each(['pipelineId', 'donePipelineId'] as const)('that has not passed needs override: %s', async (sample) => {
    const { samples } = server;
    const refused = await promote({ pipeline_id: samples[sample] });
    const reason = 'Triggering target when pipeline is not passed requires override confirmation.';
    expect([refused.status, refused.json, server.promoted]).toEqual([400, reason, []]);
    const json = { pipeline_id: samples[sample], name: samples.promotion, override: true };
    expect((await ask(server, '/promotions', { json })).status).toBe(200);
    expect(server.promoted).toMatchObject([{ pipelineId: samples[sample], override: true }]);
  });

  it.each([
    [{ name: 'nothing' }, /^Target for switch: .+ with name: nothing not found$/],
    [{ name: '' }, /not found$/],
    [{ override: 'maybe' }, /^Invalid value of 'override' param: "maybe" - needs to be boolean\.$/],
  ])('is refused with a JSON string: %j', async (given, message) => {
    const { status, json } = await promote(given);
    expect([status, json]).toEqual([400, expect.stringMatching(message)]);
  });

  it('starts nothing again with the same token, and again without', async () => {
    for (const _ of [1, 2]) expect((await promote({ request_token: 'one' })).status).toBe(200);
    expect(server.promoted).toHaveLength(1);
    for (const _ of [1, 2]) await promote({});
    expect(server.promoted).toHaveLength(3);
  });
});
