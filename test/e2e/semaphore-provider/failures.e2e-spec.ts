import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isAbsent } from '../../../src/outbound/index.ts';
import type { SemaphoreClient } from '../../../src/providers/semaphore/semaphore.client.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import { startSemaphore, type SemaphoreStandIn } from '../../upstreams/semaphore.stand-in.ts';
import { buildSemaphore, type BuiltSemaphore } from './build-semaphore.ts';

const PAGE = { limit: 10 };
const FORMS = ['json-string', 'text', 'message', 'grpc'] as const;

let upstream: SemaphoreStandIn;
let semaphore: BuiltSemaphore;

beforeEach(async () => {
  upstream = await startSemaphore();
  semaphore = buildSemaphore(upstream);
});
afterEach(async () => {
  await semaphore.close();
  await upstream.close();
});

type Ask = (client: SemaphoreClient, id: string) => Promise<unknown>;

const OF_NOTHING: [string, Ask][] = [
  ['a project', (client) => client.getProject('nothing')],
  ['the workflows of a project', (client, projectId) => client.listWorkflows({ projectId }, PAGE)],
  ['a workflow', (client, id) => client.getWorkflow(id)],
  ['the pipelines of a project', (client, projectId) => client.listPipelines({ projectId }, PAGE)],
  ['a pipeline', (client, id) => client.getPipeline(id)],
  ['the promotions of a pipeline', (client, id) => client.listPromotions(id, PAGE)],
  ['a job', (client, id) => client.getJob(id)],
  ['the log of a job', (client, id) => client.getJobLog(id)],
  ['a rerun of a workflow', (client, id) => client.rerunWorkflow(id)],
  ['a rebuild of a pipeline', (client, id) => client.rebuildPipeline(id)],
  ['the end of a job', (client, id) => client.stopJob(id)],
  ['a promotion', (client, id) => client.promote(id, 'a', false)],
];

describe('what there is not', () => {
  it.each(OF_NOTHING)('is absent: %s', async (_what, ask) => {
    expect(isAbsent(await rejectionOf(ask(semaphore.client, randomUUID())))).toBe(true);
    expect(upstream.requests).toHaveLength(1);
  });

  it.each(FORMS)('is absent in the form of %s', async (form) => {
    upstream.failNext(404, form);
    expect(isAbsent(await rejectionOf(semaphore.client.getJob(upstream.samples.jobId)))).toBe(true);
  });
});

describe('a failure', () => {
  it.each(FORMS.flatMap((form) => [400, 422].map((status) => [status, form] as const)))(
    'of %d in the form of %s is a rejection, and is not asked again',
    async (status, form) => {
      upstream.failNext(status, form);
      const error = await rejectionOf(semaphore.client.getWorkflow(upstream.samples.workflowId));
      expect(error).toMatchObject({ code: 'upstream_rejected', status });
      expect(upstream.requests).toHaveLength(1);
    },
  );

  it.each(FORMS)('of 500 in the form of %s is asked again, and mended', async (form) => {
    upstream.failNext(500, form);
    const { workflowId } = upstream.samples;
    expect(await semaphore.client.getWorkflow(workflowId)).toMatchObject({ id: workflowId });
    expect(upstream.requests).toHaveLength(2);
  });

  it('of gRPC means what its status says, whatever its own code is', async () => {
    upstream.failNext(503, 'grpc', 3);
    const error = await rejectionOf(semaphore.client.getJob(upstream.samples.jobId));
    expect(error).toMatchObject({ code: 'upstream_failed', status: 503 });
    expect(isAbsent(error)).toBe(false);
  });

  it('of our token is a rejection after exactly one request', async () => {
    const wrong = buildSemaphore({ url: upstream.url, token: 'wrong' });
    const error = await rejectionOf(wrong.client.listProjects(PAGE));
    expect(error).toMatchObject({ code: 'upstream_rejected', status: 401 });
    expect(upstream.requests).toHaveLength(1);
    await wrong.close();
  });

  it.each(['.', '..', ''])('is our own, and nothing is asked, for a name that is none: %j', (name) => {
    expect(() => semaphore.client.getProject(name)).toThrow(TypeError);
    expect(upstream.requests).toEqual([]);
  });

  it.each(['../secrets', 'a/b', 'a?b=c', 'a%2Fb', 'a\r\nx: y', 'a\0b'])(
    'is absence for a name with %j in it',
    async (name) => {
      expect(isAbsent(await rejectionOf(semaphore.client.getProject(name)))).toBe(true);
      expect(upstream.requests[0]?.path).toBe(`/api/v1alpha/projects/${encodeURIComponent(name)}`);
    },
  );
});
