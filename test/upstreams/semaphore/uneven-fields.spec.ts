import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSemaphore, type SemaphoreStandIn } from '../semaphore.stand-in.ts';
import { ask } from './raw-client.ts';

let server: SemaphoreStandIn;
beforeAll(async () => {
  server = await startSemaphore();
});
afterAll(() => server.close());

type Fields = Record<string, unknown>;

const NEVER = '1970-01-01 00:00:00.000000Z';

const pipelinesInList = async () =>
  (await ask(server, '/pipelines', { query: { project_id: server.samples.projectId } })).json as Fields[];
const pipelineAlone = async (id: string, detailed = 'false') =>
  (await ask(server, `/pipelines/${id}`, { query: { detailed } })).json as { pipeline: Fields; blocks: Fields[] };

describe('what triggered a workflow', () => {
  it('is a number in lists and a name in single answers', async () => {
    const query = { project_id: server.samples.projectId };
    const list = (await ask(server, '/plumber-workflows', { query })).json as Fields[];
    expect(list.slice(0, 4).map((workflow) => workflow['triggered_by'])).toEqual([0, 1, 2, 3]);
    const { json } = await ask(server, `/plumber-workflows/${server.workflowIds[1]}`);
    expect(json).toEqual({ workflow: { ...list[1], triggered_by: 'SCHEDULE' } });
  });
});

describe('times', () => {
  it('of workflows are seconds and nanos, alone too', async () => {
    const { json } = await ask(server, `/plumber-workflows/${server.workflowIds[1]}`);
    expect(json).toMatchObject({ workflow: { created_at: { seconds: 1_777_895_099, nanos: 455_972_000 } } });
  });

  it('of pipelines are seconds and nanos in lists, zero where they have not come', async () => {
    const [running] = await pipelinesInList();
    expect(running).toMatchObject({
      created_at: { seconds: 1_777_896_000, nanos: 0 },
      running_at: { seconds: 1_777_896_000, nanos: 79_001_000 },
      done_at: { seconds: 0, nanos: 0 },
    });
  });

  it('of pipelines are text in single answers, of 1970 where they have not come', async () => {
    const { pipeline } = await pipelineAlone(server.samples.pipelineId);
    expect(pipeline).toMatchObject({
      created_at: '2026-05-04 12:00:00.000000Z',
      running_at: '2026-05-04 12:00:00.079001Z',
      stopping_at: NEVER,
      done_at: NEVER,
    });
  });

  it('of jobs are seconds as text, "0" where they have not come', async () => {
    const { json } = await ask(server, '/jobs?states=PENDING');
    const [pending] = (json as { jobs: { metadata: Fields; status: Fields }[] }).jobs;
    expect(pending?.metadata).toMatchObject({ create_time: '1777895998', start_time: '0', finish_time: '0' });
    expect(pending?.status).toEqual({ result: 'NONE', state: 'PENDING', agent: null });
  });

  it('in logs are seconds as numbers', async () => {
    const { json } = await ask(server, `/logs/${server.samples.jobId}`);
    expect(json).toMatchObject({
      events: expect.arrayContaining([{ event: 'job_started', timestamp: 1_777_895_102 }]),
    });
  });
});

describe('states and results', () => {
  it('of pipelines are in capitals in lists; a result comes with the end', async () => {
    const [running, failed] = await pipelinesInList();
    expect(failed).toMatchObject({ state: 'DONE', result: 'FAILED', result_reason: 'TEST' });
    expect(running).toMatchObject({ state: 'RUNNING' });
    expect(running).not.toHaveProperty('result');
    expect(running).not.toHaveProperty('result_reason');
  });

  it('of pipelines are in small letters in single answers; a result comes with the end', async () => {
    const { pipeline: failed } = await pipelineAlone(server.samples.donePipelineId);
    const { pipeline: running } = await pipelineAlone(server.samples.pipelineId);
    expect(failed).toMatchObject({ state: 'done', result: 'failed', result_reason: 'test' });
    expect(running).toMatchObject({ state: 'running' });
    expect(running).not.toHaveProperty('result');
  });

  it('of blocks are in small letters, of the jobs in them in capitals or empty', async () => {
    const { blocks } = await pipelineAlone(server.samples.pipelineId, 'true');
    expect(blocks).toMatchObject([
      { name: 'Build', state: 'running', jobs: [{ name: 'Compile', index: 0, status: 'RUNNING', result: '' }] },
      { name: 'Test', jobs: [{ status: 'QUEUED' }, { job_id: '', status: '', result: '' }] },
    ]);
    const { blocks: done } = await pipelineAlone(server.samples.donePipelineId, 'true');
    expect(done[1]).toMatchObject({
      state: 'done',
      result: 'failed',
      jobs: [{ status: 'FINISHED', result: 'FAILED' }, {}],
    });
    expect(blocks[0]).not.toHaveProperty('result');
  });

  it.each(['false', 'yes', '1'])('of blocks are not told to who asks for details with %s', async (detailed) => {
    expect((await pipelineAlone(server.samples.pipelineId, detailed)).blocks).toEqual([]);
  });

  it('of jobs are in capitals everywhere', async () => {
    const { json } = await ask(server, `/jobs/${server.samples.jobId}`);
    expect(json).toMatchObject({ status: { state: 'FINISHED', result: 'PASSED', agent: { name: 'harbour-agent-1' } } });
  });

  it('of promotions are one word in small letters', async () => {
    const { json } = await ask(server, `/promotions?pipeline_id=${server.samples.pipelineId}`);
    const [newest, before] = json as Fields[];
    const unset = { status: 'processing', scheduled_pipeline_id: '', scheduled_at: { seconds: 0, nanos: 0 } };
    expect(newest).toMatchObject({ name: server.samples.promotion, triggered_by: 'Pipeline Done request', ...unset });
    expect(before).toMatchObject({ status: 'passed', triggered_by: expect.stringMatching(/^[\da-f-]{36}$/) });
  });
});
