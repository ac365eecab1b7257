import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import type { SemaphoreRequest } from '../../upstreams/semaphore/semaphore-handles.ts';
import { BOTH, LIN, startCi, type CiScene } from './ci-scene.ts';

const ABSENT = '00000000-0000-4000-8000-000000000000';
const KEY = '8e03978e-40d5-43dd-bc93-6894a57f9324';

let breakwater: CiScene;
beforeAll(async () => {
  breakwater = await startCi();
});
afterAll(() => breakwater.close());

const samples = () => breakwater.semaphore.samples;
const started = () => breakwater.semaphore.started.slice(startedBefore);
const bodyOf = (request: SemaphoreRequest | undefined): unknown => JSON.parse(request?.body ?? 'null');

let startedBefore = 0;
beforeEach(() => {
  startedBefore = breakwater.semaphore.started.length;
});

const accepted = <T>(answer: Answer): T => {
  expect(answer.status).toBe(202);
  return jsonOf<T>(answer);
};

describe('a write', () => {
  it.each([
    ['/workflows', { projectId: ABSENT, reference: 'refs/heads/main' }, `There is no project ${ABSENT}`],
    [`/workflows/${ABSENT}/rerun`, undefined, `There is no workflow ${ABSENT}`],
    [`/workflows/${ABSENT}/stop`, undefined, `There is no workflow ${ABSENT}`],
    [`/pipelines/${ABSENT}/stop`, undefined, `There is no pipeline ${ABSENT}`],
    [`/pipelines/${ABSENT}/rebuild`, undefined, `There is no pipeline ${ABSENT}`],
    [`/pipelines/${ABSENT}/promotions`, { name: 'Production' }, `There is no pipeline ${ABSENT}`],
    [`/jobs/${ABSENT}/stop`, undefined, `There is no job ${ABSENT}`],
  ])('to what is not there is 404: %s', async (path, body, detail) => {
    expect(problemOf(await breakwater.post(path, body))).toMatchObject({ status: 404, code: 'not_found', detail });
    expect(started()).toEqual([]);
  });

  it.each(['a b', '"a', 'a'.repeat(10_240)])('with an Idempotency-Key that is none is 400: %s', async (key) => {
    const { projectId, workflowId, pipelineId } = samples();
    const before = breakwater.semaphore.requests.length;
    for (const [path, body] of [
      ['/workflows', { projectId, reference: 'refs/heads/main' }],
      [`/workflows/${workflowId}/rerun`],
      [`/pipelines/${pipelineId}/rebuild`],
      [`/pipelines/${pipelineId}/promotions`, { name: 'Production' }],
    ] as const) {
      const problem = problemOf(await breakwater.post(path, body, { 'idempotency-key': key }));
      expect(problem).toMatchObject({ status: 400, errors: [{ field: 'Idempotency-Key' }] });
    }
    expect(breakwater.semaphore.requests).toHaveLength(before);
  });
});

describe('a workflow', () => {
  it('is started with all that was said', async () => {
    const request = {
      projectId: samples().projectId,
      reference: 'refs/heads/feature/ä',
      commitSha: '9F2D1C0',
      pipelineFile: '.semaphore/deploy.yml',
      parameters: { TARGET: 'two\nlines', toString: 'text', EMPTY: '' },
    };
    const { id, pipelineId } = accepted<{ id: string; pipelineId: string }>(
      await breakwater.post('/workflows', request),
    );
    expect(bodyOf(breakwater.semaphore.requests.at(-1))).toEqual({
      project_id: request.projectId,
      reference: request.reference,
      commit_sha: '9f2d1c0',
      pipeline_file: request.pipelineFile,
      parameters: request.parameters,
    });
    expect(started()).toMatchObject([{ kind: 'run', id }]);
    expect(jsonOf(await breakwater.get(`/workflows/${id}`))).toMatchObject({ initialPipelineId: pipelineId });
  });

  it('is started by each request without a key, and once by those with one, though Semaphore takes none', async () => {
    const request = { projectId: samples().projectId, reference: 'refs/heads/main' };
    for (const headers of [{}, {}, { 'idempotency-key': KEY }, { 'idempotency-key': KEY }])
      accepted(await breakwater.post('/workflows', request, headers));
    expect(started()).toHaveLength(3);
  });

  it('is stopped', async () => {
    const { workflowId } = samples();
    expect(accepted(await breakwater.post(`/workflows/${workflowId}/stop`))).toEqual({ id: workflowId });
    expect(breakwater.semaphore.stopped).toContain(workflowId);
  });
});

describe.each([
  ['rerun', () => `/workflows/${samples().workflowId}/rerun`],
  ['rebuild', () => `/pipelines/${samples().donePipelineId}/rebuild`],
])('a %s', (kind, path) => {
  const write = (key?: string, token = BOTH): Promise<Answer> =>
    breakwater.post(path(), undefined, {
      authorization: `Bearer ${token}`,
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    });

  it('answers what it started', async () => {
    const { id } = accepted<{ id: string }>(await write());
    expect(started()).toMatchObject([{ kind, id }]);
  });

  it('starts one each time without a key', async () => {
    const ids = [accepted<{ id: string }>(await write()).id, accepted<{ id: string }>(await write()).id];
    expect(started().map(({ id }) => id)).toEqual(ids);
  });

  it('starts one however often it is asked for with one key, quoted or not', async () => {
    const key = `${kind}-${KEY}`;
    const answers = [await write(key), await write(`"${key}"`), await write(key)].map((each) => accepted(each));
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    expect(started()).toHaveLength(1);
  });

  it('of two callers with one key are two, and neither is told of the other', async () => {
    const key = `the same ${kind}`.replaceAll(' ', '-');
    const [adas, lins] = [await write(key), await write(key, LIN)].map((each) => accepted<{ id: string }>(each));
    expect(started().map(({ id }) => id)).toEqual([adas!.id, lins!.id]);
    expect(adas!.id).not.toBe(lins!.id);
  });

  it('sends Semaphore a UUID and nothing of the key', async () => {
    accepted(await write(`a-telling-key-${kind}`));
    const request = breakwater.semaphore.requests.at(-1);
    expect(bodyOf(request)).toEqual({
      request_token: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
    });
    expect(JSON.stringify(request)).not.toContain('telling');
  });
});

it('a key that a rerun has had is none for a rebuild', async () => {
  const headers = { 'idempotency-key': 'one-for-both' };
  accepted(await breakwater.post(`/workflows/${samples().workflowId}/rerun`, undefined, headers));
  const answer = await breakwater.post(`/pipelines/${samples().donePipelineId}/rebuild`, undefined, headers);
  expect(problemOf(answer)).toMatchObject({ status: 422, code: 'idempotency_mismatch' });
  expect(started().map(({ kind }) => kind)).toEqual(['rerun']);
});

describe('a pipeline', () => {
  it('is promoted, and with override only when that is said', async () => {
    const [name, pipelineId] = [samples().promotion, samples().passedPipelineId];
    for (const more of [{}, { override: false }, { override: true }])
      expect(accepted(await breakwater.post(`/pipelines/${pipelineId}/promotions`, { name, ...more }))).toEqual({
        id: name,
        name,
        pipelineId,
      });
    expect(breakwater.semaphore.promoted).toEqual(
      [false, false, true].map((override) => ({ pipelineId, name, override })),
    );
  });

  it('and a job are stopped', async () => {
    const { pipelineId, jobId } = samples();
    expect(accepted(await breakwater.post(`/pipelines/${pipelineId}/stop`))).toEqual({ id: pipelineId });
    expect(accepted(await breakwater.post(`/jobs/${jobId}/stop`))).toEqual({ id: jobId });
    expect(breakwater.semaphore.stopped).toEqual(expect.arrayContaining([jobId]));
    expect(breakwater.semaphore.requests.slice(-2).map(({ method }) => method)).toEqual(['PATCH', 'POST']);
  });
});
