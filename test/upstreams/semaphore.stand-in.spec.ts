import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask } from './semaphore/raw-client.ts';
import { startSemaphore, type SemaphoreStandIn } from './semaphore.stand-in.ts';

let server: SemaphoreStandIn;
beforeEach(async () => {
  server = await startSemaphore();
});
afterEach(() => server.close());

const NOTHING = '00000000-0000-4000-a000-000000000000';

describe('who may ask the Semaphore stand-in', () => {
  it.each([
    ['nobody', undefined],
    ['a wrong token', 'Token wrong'],
    ['a scheme in small letters', 'token semaphore-token-of-the-tests'],
    ['a scheme in capitals', 'BEARER semaphore-token-of-the-tests'],
    ['two spaces', 'Token  semaphore-token-of-the-tests'],
    ['another scheme', 'Basic semaphore-token-of-the-tests'],
  ])('is not %s: 401 as text', async (_, authorization) => {
    const answer = await ask(server, '/projects', { headers: authorization === undefined ? {} : { authorization } });
    expect([answer.status, answer.text]).toEqual([401, 'Unauthorized']);
    expect(answer.headers.has('content-type')).toBe(false);
  });

  it.each(['Token', 'Bearer'])('is who has the token, after %s', async (scheme) => {
    const { status } = await ask(server, '/projects', { headers: { authorization: `${scheme} ${server.token}` } });
    expect(status).toBe(200);
  });
});

describe('types of what the Semaphore stand-in answers', () => {
  it('are not told by the lists and the single answers of workflows, pipelines, promotions and projects', async () => {
    const { projectId, projectName, workflowId, pipelineId } = server.samples;
    const paths = ['/projects', `/projects/${projectName}`, `/plumber-workflows?project_id=${projectId}`];
    paths.push(`/plumber-workflows/${workflowId}`, `/pipelines?wf_id=${workflowId}`, `/pipelines/${pipelineId}`);
    for (const path of [...paths, `/promotions?pipeline_id=${pipelineId}`]) {
      const answer = await ask(server, path);
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 200, null]);
      expect(answer.json).toBeDefined();
    }
  });

  it('are told of jobs and logs', async () => {
    const { jobId } = server.samples;
    expect((await ask(server, `/jobs/${jobId}`)).headers.get('content-type')).toBe('application/json');
    expect((await ask(server, `/logs/${jobId}`)).headers.get('content-type')).toBe('application/json; charset=utf-8');
  });
});

describe('what is not there', () => {
  it.each([
    ['/projects/nothing', '{"message":"Not found"}'],
    [`/plumber-workflows/${NOTHING}`, 'Not Found'],
    [`/plumber-workflows?project_id=${NOTHING}`, 'Not Found'],
    ['/plumber-workflows', 'Not Found'],
    [`/pipelines/${NOTHING}`, 'Not Found'],
    ['/pipelines', 'Not Found'],
    [`/promotions?pipeline_id=${NOTHING}`, 'Not Found'],
    [`/jobs/${NOTHING}`, '{"code":5,"message":"Job not found.","details":[]}'],
    [`/logs/${NOTHING}`, `"Job with id '${NOTHING}' not found"`],
    ['/nothing', 'oops'],
  ])('is answered at %s with %s', async (path, body) => {
    const { status, text } = await ask(server, path);
    expect([status, text]).toEqual([404, body]);
  });

  it('can be a bad request: a job whose id is no UUID', async () => {
    const { status, json } = await ask(server, '/jobs/1');
    expect([status, json]).toEqual([400, { code: 3, message: 'Job id 1 is invalid', details: [] }]);
  });
});

describe('logs of the Semaphore stand-in', () => {
  it('are events with pieces of text that are not lines', async () => {
    const { json } = await ask(server, `/logs/${server.samples.jobId}`);
    const { events } = json as { events: { event: string; output?: string; timestamp: number }[] };
    expect(events[0]).toEqual({ event: 'job_started', timestamp: expect.any(Number) });
    expect(events.at(-1)).toMatchObject({ event: 'job_finished', result: 'passed' });
    expect(events.some(({ output }) => output !== undefined && !output.endsWith('\n'))).toBe(true);
    expect(events.some(({ output = '' }) => output.trim().includes('\n'))).toBe(true);
  });

  it('of a machine elsewhere are behind a signed URL of another host', async () => {
    const { status, headers, text } = await ask(server, `/logs/${server.samples.movedLogJobId}`);
    expect([status, headers.get('location'), text]).toEqual([302, server.samples.signedUrl, '']);
    expect(new URL(server.samples.signedUrl).host).not.toBe(new URL(server.url).host);
    expect(server.samples.signedUrl).toMatch(/^https:\/\/[a-z.]+\.invalid\/.+\?jwt=/);
  });

  it('are absent before a job began', async () => {
    const { json } = await ask(server, '/jobs?states=QUEUED');
    const [job] = (json as { jobs: { metadata: { id: string } }[] }).jobs;
    const { status, text } = await ask(server, `/logs/${job?.metadata.id}`);
    expect([status, text]).toEqual([404, '"Logs not found"']);
  });
});

describe('what can be ordered of the Semaphore stand-in', () => {
  it.each([
    ['json-string', '"Service Unavailable"'],
    ['text', 'Service Unavailable'],
    ['message', '{"message":"Service Unavailable"}'],
    ['grpc', '{"code":14,"message":"Service Unavailable","details":[]}'],
  ] as const)('are errors in the form %s', async (form, body) => {
    server.failNext(503, form, 2);
    for (const _ of [1, 2]) {
      const { status, text } = await ask(server, '/projects');
      expect([status, text]).toEqual([503, body]);
    }
    expect((await ask(server, '/projects')).status).toBe(200);
  });

  it('is a lost answer to a write that was carried out; reads do not count', async () => {
    server.loseNextAnswer();
    expect((await ask(server, '/projects')).status).toBe(200);
    const path = `/plumber-workflows/${server.samples.workflowId}/terminate`;
    await expect(ask(server, path, { method: 'POST' })).rejects.toThrow('fetch failed');
    expect(server.stopped).toEqual([server.samples.workflowId]);
    expect((await ask(server, path, { method: 'POST' })).status).toBe(200);
  });

  it('is another token, and another amount of everything', async () => {
    const other = await startSemaphore({ token: 'mine', workflows: 2, projects: 1, jobs: 3 });
    expect([other.workflowIds.length, other.projectIds.length, other.jobIds.length]).toEqual([2, 1, 3]);
    expect((await ask(other, '/projects')).status).toBe(200);
    await other.close();
    expect(other.token).toBe('mine');
  });

  it('has the same ids in every run', async () => {
    const other = await startSemaphore();
    await other.close();
    expect(other.samples).toEqual(server.samples);
  });
});

describe('requests to the Semaphore stand-in', () => {
  it('are remembered with their body', async () => {
    await ask(server, '/yaml?a=1', { json: { yaml_definition: 'x' } });
    expect(server.requests.at(-1)).toMatchObject({ method: 'POST', path: '/api/v1alpha/yaml?a=1' });
    expect(server.requests.at(-1)?.body).toBe('{"yaml_definition":"x"}');
  });

  it('are read within a bound', async () => {
    const { status } = await ask(server, '/yaml', { json: { yaml_definition: 'x'.repeat(4_000_000) } });
    expect(status).toBe(413);
  });
});
