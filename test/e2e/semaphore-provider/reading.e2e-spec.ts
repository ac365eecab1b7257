import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSemaphore, type SemaphoreStandIn } from '../../upstreams/semaphore.stand-in.ts';
import { buildSemaphore, type BuiltSemaphore } from './build-semaphore.ts';

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

let upstream: SemaphoreStandIn;
let semaphore: BuiltSemaphore;

beforeAll(async () => {
  upstream = await startSemaphore();
  semaphore = buildSemaphore(upstream);
});
afterAll(async () => {
  await semaphore.close();
  await upstream.close();
});

const FIRST = { limit: 1 };

describe('what is read of Semaphore', () => {
  it('is asked for with the token, by the scheme and the name that it wants', async () => {
    await semaphore.client.getProject(upstream.samples.projectName);
    const { headers, path } = upstream.requests.at(-1)!;
    expect(headers.authorization).toBe(`Token ${upstream.token}`);
    expect(headers['user-agent']).toBe('SemaphoreCI v2.0 Client');
    expect(path).toBe(`/api/v1alpha/projects/${encodeURIComponent(upstream.samples.projectName)}`);
  });

  it('is the same project, alone and in a list', async () => {
    const alone = await semaphore.client.getProject(upstream.samples.projectName);
    expect(alone).toMatchObject({ id: upstream.samples.projectId, name: upstream.samples.projectName });
    expect(alone.visibility).toMatch(/^[a-z]+$/);
    expect(alone.repository?.runOn).toEqual(alone.repository?.runOn.map((event) => event.toLowerCase()));
    expect((await semaphore.client.listProjects(FIRST)).items).toEqual([alone]);
  });

  it('is the same workflow, alone and in a list, although it is written in two ways', async () => {
    const { projectId, workflowId } = upstream.samples;
    const alone = await semaphore.client.getWorkflow(workflowId);
    expect(alone).toMatchObject({ id: workflowId, projectId, triggeredBy: expect.stringMatching(/^[a-z_]+$/) });
    expect(alone.createdAt).toMatch(ISO);
    expect((await semaphore.client.listWorkflows({ projectId }, FIRST)).items).toEqual([alone]);
  });

  it('is the same pipeline, alone and in a list, although it is written in two ways', async () => {
    const { donePipelineId, projectId } = upstream.samples;
    const { blocks, ...alone } = await semaphore.client.getPipeline(donePipelineId);
    expect(alone).toMatchObject({ id: donePipelineId, projectId, state: 'done', result: 'failed', stoppingAt: null });
    expect([alone.createdAt, alone.doneAt]).toEqual([expect.stringMatching(ISO), expect.stringMatching(ISO)]);
    expect(alone.file).toBe('.semaphore/semaphore.yml');
    expect(blocks.length).toBeGreaterThan(0);
    const { items } = await semaphore.client.listPipelines({ projectId }, { limit: 100 });
    expect(items.find(({ id }) => id === donePipelineId)).toEqual(alone);
    const ofWorkflow = await semaphore.client.listPipelines({ workflowId: alone.workflowId! }, { limit: 100 });
    expect(ofWorkflow.items).toContainEqual(alone);
  });

  it('is a pipeline with its blocks and jobs, each with an id and no result before it is done', async () => {
    const { blocks, state, result, resultReason } = await semaphore.client.getPipeline(upstream.samples.pipelineId);
    expect({ state, result, resultReason }).toEqual({ state: 'running', result: null, resultReason: null });
    const jobs = blocks.flatMap((block) => block.jobs);
    expect(new Set([...blocks, ...jobs].map(({ id }) => id)).size).toBe(blocks.length + jobs.length);
    for (const part of [...blocks, ...jobs]) {
      expect(part.state).toMatch(/^[a-z]+$/);
      expect(part.result ?? 'null').toMatch(/^[a-z]+$/);
    }
    expect(upstream.requests.at(-1)!.path).toContain('detailed=true');
  });

  it('is no reason for what passed: Semaphore says "test" there', async () => {
    const { result, resultReason } = await semaphore.client.getPipeline(upstream.samples.passedPipelineId);
    expect({ result, resultReason }).toEqual({ result: 'passed', resultReason: null });
  });

  it('is the same job, alone and in a list', async () => {
    const alone = await semaphore.client.getJob(upstream.samples.jobId);
    expect(alone).toMatchObject({
      id: upstream.samples.jobId,
      state: 'finished',
      updatedAt: expect.stringMatching(ISO),
    });
    expect([alone.createdAt, alone.startedAt, alone.finishedAt]).toEqual(Array(3).fill(expect.stringMatching(ISO)));
    const { items } = await semaphore.client.listJobs(['finished'], { limit: 100 });
    expect(items.find(({ id }) => id === alone.id)).toEqual(alone);
    expect(new Set(items.map(({ state }) => state))).toEqual(new Set(['finished']));
  });

  it('is a job that has not begun without a result and without times that it has not got', async () => {
    const [job] = (await semaphore.client.listJobs(['pending', 'queued', 'running'], FIRST)).items;
    expect(job).toMatchObject({ result: null, finishedAt: null });
  });

  it('are the lines of a log, each with its time', async () => {
    const log = await semaphore.client.getJobLog(upstream.samples.jobId);
    const lines = 'lines' in log ? log.lines : [];
    expect(lines.map(({ text }) => text)).toEqual([
      'checkout',
      'Performing shallow clone with depth: 50',
      "Cloning into 'breakwater'...",
      'HEAD is now at 1a4f3b1',
      'make test',
      'Compiling 3 files (.ts)',
      '\u001b[32m✓\u001b[0m keeps the water out',
      '\u001b[32m✓\u001b[0m lets the boats in',
      '',
      '2 tests run',
    ]);
    for (const { at } of lines) expect(at).toMatch(ISO);
  });

  it('is where a log was moved to, which is not followed', async () => {
    const before = upstream.requests.length;
    expect(await semaphore.client.getJobLog(upstream.samples.movedLogJobId)).toEqual({
      location: upstream.samples.signedUrl,
    });
    expect(upstream.requests).toHaveLength(before + 1);
    expect(JSON.stringify(semaphore.receipts)).not.toContain('jwt=');
  });

  it('is asked for once by all who ask at the same time', async () => {
    const before = upstream.requests.length;
    const { projectId } = upstream.samples;
    const walls = await Promise.all(
      Array.from({ length: 20 }, () => semaphore.client.listWorkflows({ projectId }, FIRST)),
    );
    expect(new Set(walls.map((wall) => JSON.stringify(wall))).size).toBe(1);
    expect(upstream.requests).toHaveLength(before + 1);
    await semaphore.client.listWorkflows({ projectId }, FIRST);
    expect(upstream.requests).toHaveLength(before + 2);
  });
});
