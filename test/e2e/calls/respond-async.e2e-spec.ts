import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import { readApiDocument } from '../../support/api-document.ts';
import { schemaFaults, type Schema } from '../../support/schema-faults.ts';
import { toRequestToken } from '../../../src/features/ci/request-token.ts';
import { callerOf } from '../authentication/known-callers.ts';
import { ADA, GRACE, LIN, startCalls, type CallsScene } from './calls-scene.ts';

const ABSENT = '00000000-0000-4000-8000-000000000000';
const ASYNC = { prefer: 'respond-async' };

interface Deferrable {
  readonly operation: string;
  readonly path: string;
  readonly body?: object;
  readonly input: object;
}

let breakwater: CallsScene;
beforeAll(async () => {
  breakwater = await startCalls();
});
afterAll(() => breakwater.close());

let startedBefore = 0;
beforeEach(() => {
  startedBefore = breakwater.semaphore.started.length;
});

const started = () => breakwater.semaphore.started.slice(startedBefore);

const deferrable = (): Deferrable[] => {
  const { projectId, workflowId, donePipelineId } = breakwater.semaphore.samples;
  const run = { projectId, reference: 'refs/heads/main', parameters: { TARGET: 'staging' } };
  return [
    { operation: 'ci.runWorkflow', path: '/ci/workflows', body: run, input: run },
    { operation: 'ci.rerunWorkflow', path: `/ci/workflows/${workflowId}/rerun`, input: { id: workflowId } },
    { operation: 'ci.stopWorkflow', path: `/ci/workflows/${workflowId}/stop`, input: { id: workflowId } },
    { operation: 'ci.rebuildPipeline', path: `/ci/pipelines/${donePipelineId}/rebuild`, input: { id: donePipelineId } },
  ];
};

const post = ({ path, body }: Pick<Deferrable, 'path' | 'body'>, headers = {}, token = ADA): Promise<Answer> =>
  breakwater.send('POST', path, body, { authorization: `Bearer ${token}`, ...headers });

const sampleOf = (operation: string): Deferrable => deferrable().find((each) => each.operation === operation)!;

describe.each(['ci.runWorkflow', 'ci.rerunWorkflow', 'ci.stopWorkflow', 'ci.rebuildPipeline'])('%s', (operation) => {
  it('is not put off for whoever lacks the scope of its route', async () => {
    const answer = await post(sampleOf(operation), ASYNC, GRACE);
    expect(problemOf(answer)).toMatchObject({ status: 403, code: 'forbidden' });
    const page = await breakwater.send('GET', '/calls', undefined, { authorization: `Bearer ${GRACE}` });
    expect(jsonOf(page)).toEqual({ items: [], next: null });
  });

  it('is put off, done in the background, and has the result that its route answers', async () => {
    const { path, body, input } = sampleOf(operation);
    const answer = await post({ path, ...(body ? { body } : {}) }, ASYNC);
    const { id } = jsonOf<{ id: string }>(answer);
    expect([answer.status, jsonOf(answer)]).toEqual([202, { id, operation, state: 'queued' }]);
    expect(answer.headers.get('location')).toBe(`/api/v1/calls/${id}`);
    expect(answer.headers.get('preference-applied')).toBe('respond-async');
    expect(answer.headers.get('vary')).toMatch(/\bPrefer\b/);
    const call = await breakwater.reach(id, 'succeeded');
    expect(call).toMatchObject({ operation, input, attempts: 1 });
    const atOnce = jsonOf<object>(await post({ path, ...(body ? { body } : {}) }));
    expect(Object.keys(call.result as object)).toEqual(Object.keys(atOnce));
    expect(started().map(({ id: one }) => one)).toEqual(
      operation === 'ci.stopWorkflow' ? [] : [(call.result as { id: string }).id, (atOnce as { id: string }).id],
    );
  });

  it('answers at once as ever, but for Vary', async () => {
    const answer = await post(sampleOf(operation));
    expect(answer.status).toBe(202);
    for (const name of ['location', 'retry-after', 'preference-applied']) expect(answer.headers.get(name)).toBeNull();
    expect(answer.headers.get('vary')).toMatch(/\bPrefer\b/);
    expect(Object.keys(jsonOf<object>(answer))).not.toContain('state');
  });

  it('can be asked for as a call of its own', async () => {
    const { input } = sampleOf(operation);
    const { id } = await breakwater.submit(operation, input);
    expect(await breakwater.reach(id, 'succeeded')).toMatchObject({ operation, input, problem: null });
  });

  it('answers as the documentation says', async () => {
    const { paths, components } = await readApiDocument(breakwater.url);
    const { path } = sampleOf(operation);
    const fits = (each: string) => new RegExp(`^${each.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(`/api/v1${path}`);
    const documented = paths[Object.keys(paths).find(fits)!]!['post']!.responses['202']!;
    const { oneOf } = documented.content!['application/json']!.schema as { oneOf: Schema[] };
    const [atOnce, putOff] = [await post(sampleOf(operation)), await post(sampleOf(operation), ASYNC)];
    expect(schemaFaults(jsonOf(atOnce), oneOf[0]!, components.schemas)).toEqual([]);
    expect(schemaFaults(jsonOf(putOff), oneOf[1]!, components.schemas)).toEqual([]);
    for (const name of Object.keys(documented.headers!)) expect(putOff.headers.has(name)).toBe(true);
    await breakwater.reach(jsonOf<{ id: string }>(putOff).id, 'succeeded');
  });
});

describe('what was put off', () => {
  it('is refused as the route refuses it, with nothing kept', async () => {
    for (const sent of [
      { path: '/ci/workflows', body: { reference: 'a b' } },
      { path: '/ci/workflows', body: { ...sampleOf('ci.runWorkflow').body, admin: true } },
      { path: '/ci/workflows/a%2Fb/rerun' },
      { path: '/ci/pipelines/../rebuild'.replace('..', '%2e%2e') },
    ]) {
      const [otherwise, answer] = [await post(sent, {}, LIN), await post(sent, ASYNC, LIN)];
      expect([answer.status, problemOf(answer).errors]).toEqual([otherwise.status, problemOf(otherwise).errors]);
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
    const page = await breakwater.send('GET', '/calls', undefined, { authorization: `Bearer ${LIN}` });
    expect(jsonOf(page)).toEqual({ items: [], next: null });
    expect(started()).toEqual([]);
  });

  it('is too much: more than 64 KiB are done at once only', async () => {
    const parameters = Object.fromEntries(
      Array.from({ length: 20 }, (_item, index) => [`P${index}`, 'z'.repeat(4_000)]),
    );
    const body = { ...sampleOf('ci.runWorkflow').body, parameters };
    const [answer, atOnce] = [
      await post({ path: '/ci/workflows', body }, ASYNC),
      await post({ path: '/ci/workflows', body }),
    ];
    expect(problemOf(answer)).toMatchObject({ status: 413, code: 'payload_too_large' });
    expect(atOnce.status).toBe(202);
  });

  it.each([
    [`/ci/workflows/${ABSENT}/rerun`, undefined, 404, `There is no workflow ${ABSENT}`],
    ['/ci/workflows', { projectId: ABSENT, reference: 'main' }, 404, `There is no project ${ABSENT}`],
  ])('fails as it would have been answered: %s', async (path, body, status, detail) => {
    const { id } = jsonOf<{ id: string }>(await post({ path, ...(body ? { body } : {}) }, ASYNC));
    const { problem, attempts } = await breakwater.reach(id, 'failed');
    expect([problem, attempts]).toEqual([expect.objectContaining({ status, detail, code: 'not_found' }), 1]);
  });

  it('fails field by field where the CI service finds something wrong', async () => {
    const { passedPipelineId } = breakwater.semaphore.samples;
    const { id } = jsonOf<{ id: string }>(await post({ path: `/ci/pipelines/${passedPipelineId}/rebuild` }, ASYNC));
    const { problem } = await breakwater.reach(id, 'failed');
    expect(problem).toMatchObject({ code: 'invalid_request', errors: [{ field: 'id' }] });
  });

  it('of two callers with one workflow is done for each: nobody is given what was started for another', async () => {
    const { path } = sampleOf('ci.rerunWorkflow');
    const [adas, lins] = await Promise.all(
      [ADA, LIN].map(async (token) => {
        const { id } = jsonOf<{ id: string }>(await post({ path }, ASYNC, token));
        return (await breakwater.reach(id, 'succeeded', token)).result as { id: string };
      }),
    );
    expect(adas!.id).not.toBe(lins!.id);
    expect(new Set(started().map(({ id }) => id))).toEqual(new Set([adas!.id, lins!.id]));
  });

  it.each([
    ['ci.rerunWorkflow', 'rerun workflow'],
    ['ci.rebuildPipeline', 'rebuild pipeline'],
  ])('as %s bears one token on all its attempts, made of whose it is and of its id', async (operation, made) => {
    const { path, input } = sampleOf(operation);
    const { id: key } = jsonOf<{ id: string }>(await post({ path }, ASYNC));
    await breakwater.reach(key, 'succeeded');
    const token = toRequestToken({ caller: callerOf('ada'), operation: made, id: (input as { id: string }).id, key });
    expect(started().map(({ requestToken }) => requestToken)).toEqual([token]);
  });

  it('is one call however often it is asked for with one key, and another thing than what is done at once', async () => {
    const key = { 'idempotency-key': 'one-key' };
    const [first, again] = [
      await post(sampleOf('ci.rerunWorkflow'), { ...ASYNC, ...key }),
      await post(sampleOf('ci.rerunWorkflow'), { ...ASYNC, ...key }),
    ];
    for (const name of ['location', 'preference-applied', 'retry-after'])
      expect(again.headers.get(name)).toBe(first.headers.get(name));
    expect([again.status, again.text]).toEqual([202, first.text]);
    expect(again.headers.get('vary')).toMatch(/\bPrefer\b/);
    expect((await post(sampleOf('ci.rerunWorkflow'), key)).status).toBe(422);
    await breakwater.reach(jsonOf<{ id: string }>(first).id, 'succeeded');
    expect(started()).toHaveLength(1);
  });

  it('is sent once when its answer is lost: what has no key is never sent again, what has one starts nothing twice', async () => {
    breakwater.semaphore.loseNextAnswer();
    const unkeyed = jsonOf<{ id: string }>(await post(sampleOf('ci.runWorkflow'), ASYNC));
    const { problem } = await breakwater.reach(unkeyed.id, 'outcome_unknown');
    expect(started()).toHaveLength(1);
    expect(problem?.status).toBeGreaterThanOrEqual(500);
    expect((await breakwater.send('GET', problem!.type.replace('/problems', '/../../problems'))).status).toBe(200);
    breakwater.semaphore.loseNextAnswer();
    const keyed = jsonOf<{ id: string }>(await post(sampleOf('ci.rerunWorkflow'), ASYNC));
    await breakwater.reach(keyed.id, 'succeeded');
    expect(started()).toHaveLength(2);
  });
});
