import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jsonOf, problemOf } from '../../support/ask.ts';
import { startCi, type CiScene } from './ci-scene.ts';

let breakwater: CiScene;
beforeAll(async () => {
  breakwater = await startCi({ env: { SEMAPHORE_BACKOFF_BASE_MS: '1', SEMAPHORE_BREAKER_MIN_ATTEMPTS: '1000000' } });
});
afterAll(() => breakwater.close());

let before = { started: 0, requests: 0, promoted: 0 };
beforeEach(() => {
  const { started, requests, promoted } = breakwater.semaphore;
  before = { started: started.length, requests: requests.length, promoted: promoted.length };
});

const samples = () => breakwater.semaphore.samples;
const started = () => breakwater.semaphore.started.slice(before.started);
const requests = () => breakwater.semaphore.requests.slice(before.requests);

describe('a write whose answer is lost', () => {
  it('starts one workflow and is not sent again: 502', async () => {
    breakwater.semaphore.loseNextAnswer();
    const { projectId } = samples();
    const answer = await breakwater.post('/workflows', { projectId, reference: 'refs/heads/main' });
    expect(problemOf(answer)).toMatchObject({ status: 502, code: 'upstream_unreachable', provider: 'semaphore' });
    expect([started().length, requests().length]).toEqual([1, 1]);
  });

  it('promotes once and is not sent again: 502', async () => {
    breakwater.semaphore.loseNextAnswer();
    const path = `/pipelines/${samples().passedPipelineId}/promotions`;
    const answer = await breakwater.post(path, { name: samples().promotion });
    expect(problemOf(answer)).toMatchObject({ status: 502, code: 'upstream_unreachable' });
    expect([breakwater.semaphore.promoted.length - before.promoted, requests().length]).toEqual([1, 1]);
  });

  it.each([
    ['rerun', () => `/workflows/${samples().workflowId}/rerun`],
    ['rebuild', () => `/pipelines/${samples().donePipelineId}/rebuild`],
  ])('is sent again where that is safe: a %s starts one, and says which', async (kind, path) => {
    breakwater.semaphore.loseNextAnswer(2);
    const answer = await breakwater.post(path());
    expect(answer.status).toBe(202);
    expect(started()).toMatchObject([{ kind, id: jsonOf<{ id: string }>(answer).id }]);
    expect(requests()).toHaveLength(3);
    expect(new Set(requests().map(({ body }) => body)).size).toBe(1);
  });

  it.each([
    ['a workflow', () => `/workflows/${samples().workflowId}/stop`],
    ['a pipeline', () => `/pipelines/${samples().donePipelineId}/stop`],
    ['a job', () => `/jobs/${samples().jobId}/stop`],
  ])('is sent again where it stops %s', async (_what, path) => {
    breakwater.semaphore.loseNextAnswer();
    expect((await breakwater.post(path())).status).toBe(202);
    expect(requests()).toHaveLength(2);
  });

  it('of a caller who gave up comes out right when it is sent again with its key', async () => {
    breakwater.semaphore.loseNextAnswer(3);
    const path = `/workflows/${samples().workflowId}/rerun`;
    const headers = { 'idempotency-key': 'tried-until-it-works' };
    expect((await breakwater.post(path, undefined, headers)).status).toBe(502);
    const answer = await breakwater.post(path, undefined, headers);
    expect(answer.status).toBe(202);
    expect(started()).toMatchObject([{ kind: 'rerun', id: jsonOf<{ id: string }>(answer).id }]);
  });
});
