import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SemaphoreClient } from '../../../src/providers/semaphore/semaphore.client.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import { startSemaphore, type SemaphoreStandIn } from '../../upstreams/semaphore.stand-in.ts';
import { buildSemaphore, type BuiltSemaphore } from './build-semaphore.ts';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

let upstream: SemaphoreStandIn;
let semaphore: BuiltSemaphore;
let client: SemaphoreClient;
let samples: SemaphoreStandIn['samples'];

beforeEach(async () => {
  upstream = await startSemaphore();
  semaphore = buildSemaphore(upstream);
  ({ client } = semaphore);
  ({ samples } = upstream);
});
afterEach(async () => {
  await semaphore.close();
  await upstream.close();
});

const run = () => client.runWorkflow({ projectId: samples.projectId, reference: 'refs/heads/main' });
const bodies = (): unknown[] => upstream.requests.map(({ body }) => JSON.parse(body) as unknown);

describe('an answer that is lost', () => {
  it.each([
    ['a rerun', () => client.rerunWorkflow(samples.workflowId)],
    ['a rebuild', () => client.rebuildPipeline(samples.donePipelineId)],
  ])('of %s is asked for again with the same token, and one thing is started', async (_what, write) => {
    upstream.loseNextAnswer();
    await write();
    expect(upstream.requests).toHaveLength(2);
    expect(bodies()[1]).toEqual(bodies()[0]);
    expect(upstream.started).toHaveLength(1);
    expect(upstream.started[0]?.requestToken).toMatch(UUID);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a run', run],
    ['a promotion', () => client.promote(samples.passedPipelineId, samples.promotion, false)],
  ])('of %s is not asked for again: it may have been carried out', async (_what, write) => {
    upstream.loseNextAnswer();
    expect(await rejectionOf(write())).toMatchObject({ code: 'upstream_unreachable' });
    expect(upstream.requests).toHaveLength(1);
    expect(upstream.started.length + upstream.promoted.length).toBe(1);
  });

  it.each<[string, () => Promise<void>]>([
    ['a workflow', () => client.stopWorkflow(samples.workflowId)],
    ['a pipeline', () => client.stopPipeline(samples.pipelineId)],
    ['a job', () => client.stopJob(samples.jobId)],
  ])('of stopping %s is asked for again: stopping twice is stopping once', async (_what, stop) => {
    upstream.loseNextAnswer();
    expect(await stop()).toBeUndefined();
    expect(upstream.requests).toHaveLength(2);
  });
});

describe('a status that says "not now"', () => {
  it('is not asked again about a run', async () => {
    upstream.failNext(503, 'text', 5);
    expect(await rejectionOf(run())).toMatchObject({ code: 'upstream_failed', status: 503 });
    expect(upstream.requests).toHaveLength(1);
  });

  it('is asked again about a rerun', async () => {
    upstream.failNext(500, 'json-string');
    expect(await client.rerunWorkflow(samples.workflowId, 'mine')).toMatchObject({ workflowId: expect.any(String) });
    expect(bodies()).toEqual([{ request_token: 'mine' }, { request_token: 'mine' }]);
  });
});

describe('a write', () => {
  it('with the token of before starts nothing new, and answers what that one did', async () => {
    const first = await client.rerunWorkflow(samples.workflowId, 'again');
    expect(await client.rerunWorkflow(samples.workflowId, 'again')).toEqual(first);
    expect(upstream.started).toHaveLength(1);
  });

  it('without a token has a new one each time', async () => {
    await client.rerunWorkflow(samples.workflowId);
    await client.rerunWorkflow(samples.workflowId);
    expect(new Set(upstream.started.map(({ requestToken }) => requestToken)).size).toBe(2);
  });

  it('that runs a workflow says what of it is known, and nothing of what is not', async () => {
    const parameters = { STAGE: 'green', 'A"B': '{}' };
    const started = await client.runWorkflow({
      projectId: samples.projectId,
      reference: 'refs/tags/v1',
      pipelineFile: '.semaphore/deploy.yml',
      parameters,
    });
    expect(started).toEqual({ workflowId: upstream.started[0]?.id, pipelineId: expect.stringMatching(UUID) });
    expect(upstream.requests[0]?.headers['content-type']).toMatch(/^application\/json/);
    expect(bodies()).toEqual([
      {
        project_id: samples.projectId,
        reference: 'refs/tags/v1',
        pipeline_file: '.semaphore/deploy.yml',
        parameters,
      },
    ]);
  });

  it('that rebuilds a pipeline answers the id of the new one', async () => {
    expect(await client.rebuildPipeline(samples.donePipelineId, 'mine')).toBe(upstream.started[0]?.id);
    expect(upstream.started).toMatchObject([{ kind: 'rebuild', requestToken: 'mine' }]);
  });

  it('that stops something needs no more than its id', async () => {
    await client.stopPipeline(samples.pipelineId);
    expect(upstream.requests.at(-1)).toMatchObject({ method: 'PATCH', body: '{"terminate_request":true}' });
    await client.stopJob(samples.jobId);
    expect(upstream.stopped).toEqual([samples.pipelineId, samples.jobId]);
  });

  it('that promotes names the promotion as it is', async () => {
    await client.promote(samples.pipelineId, 'Staging / EU', true);
    expect(upstream.promoted).toEqual([{ pipelineId: samples.pipelineId, name: 'Staging / EU', override: true }]);
  });
});
