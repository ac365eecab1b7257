import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callerOf } from '../authentication/known-callers.ts';
import { jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import { ADA, GRACE, startCalls, type CallsScene } from './calls-scene.ts';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const ABSENT = '00000000-0000-4000-8000-000000000000';

let breakwater: CallsScene;
beforeAll(async () => {
  breakwater = await startCalls();
});
afterAll(() => breakwater.close());

const post = (body: unknown, token = ADA, headers = {}): Promise<Answer> =>
  breakwater.send('POST', '/calls', body, { authorization: `Bearer ${token}`, ...headers });

const idsOf = async (token: string): Promise<string[]> => {
  const answer = await breakwater.send('GET', '/calls', undefined, { authorization: `Bearer ${token}` });
  return jsonOf<{ items: { id: string }[] }>(answer).items.map(({ id }) => id);
};

/** As a problem of those fields, and nothing is kept or sent. */
const expectRefused = async (body: unknown, ...fields: string[]): Promise<void> => {
  const before = [breakwater.semaphore.requests.length, (await idsOf(ADA)).length];
  const answer = await post(body);
  expect(problemOf(answer)).toMatchObject({ status: 400, code: 'invalid_request' });
  expect(problemOf(answer).errors?.map(({ field }) => field)).toEqual(fields);
  expect(answer.headers.get('location')).toBeNull();
  expect([breakwater.semaphore.requests.length, (await idsOf(ADA)).length]).toEqual(before);
};

const run = () => ({ projectId: breakwater.semaphore.samples.projectId, reference: 'refs/heads/main' });

describe('a call is refused', () => {
  it('without a token: 401', async () => {
    expect((await post({ operation: 'ci.runWorkflow', input: run() }, 'made-up')).status).toBe(401);
    for (const [method, path] of [
      ['GET', '/calls'],
      ['GET', `/calls/${ABSENT}`],
      ['DELETE', `/calls/${ABSENT}`],
    ] as const)
      expect((await breakwater.send(method, path, undefined, { authorization: '' })).status).toBe(401);
  });

  it.each([undefined, null, 1, {}, [], '', 'ci.runworkflow', 'ci.runWorkflow ', 'ci', '__proto__', 'constructor'])(
    'when there is no operation %j',
    (operation) => expectRefused({ operation, input: run() }, 'operation'),
  );

  it('when its operation is internal, and nothing tells that there are such', async () => {
    await expectRefused({ operation: 'harbour.dredge', input: { name: 'ann' } }, 'operation');
    const [unknown, internal] = await Promise.all(
      ['no.such', 'harbour.dredge'].map(async (operation) => problemOf(await post({ operation, input: {} })).errors),
    );
    expect(unknown).toEqual(internal);
    expect(unknown?.[0]?.detail).toMatch(/^must be one of: .*ci\.rebuildPipeline.*, harbour\.unload$/);
    expect(unknown?.[0]?.detail).not.toContain('dredge');
  });

  it.each([undefined, null, 1, 'text', true, [], [{}]])('when its input is %j', (input) =>
    expectRefused({ operation: 'harbour.greet', input }, 'input'),
  );

  it.each([
    [{}, ['input.projectId', 'input.reference']],
    [{ projectId: '..', reference: 'a b' }, ['input.projectId', 'input.reference']],
    [{ projectId: 'p', reference: 'refs/heads/../main' }, ['input.reference']],
    [{ projectId: 'p', reference: 'main', commitSha: 'xyz' }, ['input.commitSha']],
    [{ projectId: 'p', reference: 'main', parameters: { A: 1 } }, ['input.parameters']],
    [{ projectId: 'p', reference: 'main', admin: true }, ['input.admin']],
  ])('when its payload is invalid: %j', (input, fields) =>
    expectRefused({ operation: 'ci.runWorkflow', input }, ...fields),
  );

  it.each(['ci.rerunWorkflow', 'ci.stopWorkflow', 'ci.rebuildPipeline'])('when %s gets no id', async (operation) => {
    for (const input of [{}, { id: 7 }, { id: '..' }, { id: `${ABSENT}/stop` }])
      await expectRefused({ operation, input }, 'input.id');
  });

  it.each([
    '{"operation":"harbour.greet","input":{"name":"ann","__proto__":{"a":1}}}',
    '{"operation":"harbour.greet","input":{"name":"ann","constructor":{"prototype":{"a":1}}}}',
    '{"operation":"harbour.greet","input":{"name":"ann"}',
    'null',
    '[]',
    '"harbour.greet"',
  ])('when its body is %s', async (body) => {
    expect(problemOf(await post(body))).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(({} as { a?: unknown }).a).toBeUndefined();
  });

  it('with fields that nobody knows', () =>
    expectRefused(
      { operation: 'harbour.greet', input: { name: 'ann' }, owner: 'lin', delayMs: 1 },
      'owner',
      'delayMs',
    ));

  it('when it is nested beyond the stack', async () => {
    const nested = `${'{"name":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const answer = await post(`{"operation":"harbour.greet","input":${nested}}`);
    expect(problemOf(answer)).toMatchObject({ status: 400, code: 'invalid_request' });
  });

  it.each([
    ['valid', { name: 'a'.repeat(66_000) }],
    ['invalid', { name: 'A'.repeat(66_000) }],
    ['written in more bytes than characters', { name: 'ä'.repeat(33_000) }],
    ['made of many fields', Object.fromEntries(Array.from({ length: 9_000 }, (_item, index) => [`n${index}`, 1]))],
  ])('when its payload is oversized, and %s: 413', async (_what, input) => {
    const before = await idsOf(ADA);
    expect(problemOf(await post({ operation: 'harbour.greet', input }))).toMatchObject({
      status: 413,
      code: 'payload_too_large',
      detail: expect.stringContaining('65536'),
    });
    expect(await idsOf(ADA)).toEqual(before);
  });

  it('when its body is larger than any may be: 413', async () => {
    const answer = await post({ operation: 'harbour.greet', input: { name: 'a'.repeat(1_100_000) } });
    expect(problemOf(answer)).toMatchObject({ status: 413, code: 'payload_too_large' });
  });

  it('when it is not JSON: 415', async () => {
    const answer = await post('harbour.greet', ADA, { 'content-type': 'application/xml' });
    expect(problemOf(answer)).toMatchObject({ status: 415, code: 'unsupported_media_type' });
  });

  it('when the caller lacks a scope: 403, naming those that it takes', async () => {
    const [answer, other] = [
      await post({ operation: 'ci.runWorkflow', input: run() }, GRACE),
      await post({ operation: 'harbour.inspect', input: { name: 'ann' } }, GRACE),
    ];
    expect(problemOf(answer)).toMatchObject({
      status: 403,
      code: 'forbidden',
      detail: expect.stringContaining('ci:write'),
    });
    expect([answer, other].map(({ headers }) => headers.get('www-authenticate'))).toEqual([
      'Bearer error="insufficient_scope", scope="ci:write"',
      'Bearer error="insufficient_scope", scope="ci:read harbour:admin"',
    ]);
    expect(await idsOf(GRACE)).toEqual([]);
    expect(breakwater.semaphore.started).toEqual([]);
  });

  it('when a thousand of the same owner are unfinished: 429; others go on', async () => {
    const { issuer, subject, clientId } = callerOf('grace');
    const call = {
      operation: 'harbour.greet',
      input: { name: 'ann' },
      owner: { issuer, subject, clientId: clientId! },
    };
    for (let count = 0; count < 1_000; count += 1) await breakwater.background.submit({ ...call, delayMs: 3_600_000 });
    const answer = await post({ operation: 'harbour.greet', input: { name: 'ann' } }, GRACE);
    expect(problemOf(answer)).toMatchObject({
      status: 429,
      code: 'too_many_requests',
      detail: expect.stringContaining('1000 calls of yours are unfinished'),
    });
    expect(answer.headers.get('retry-after')).toBe('10');
    expect((await post({ operation: 'harbour.greet', input: { name: 'ann' } })).status).toBe(202);
  }, 60_000);
});

describe('a call', () => {
  it('is taken: the answer says where it is, and when to look', async () => {
    const answer = await post({ operation: 'harbour.greet', input: { name: 'ann' } });
    const call = jsonOf<{ id: string }>(answer);
    expect(answer.status).toBe(202);
    expect(call).toEqual({
      id: expect.stringMatching(UUID),
      operation: 'harbour.greet',
      state: 'queued',
      attempts: 0,
      createdAt: expect.stringMatching(TIME),
      startedAt: null,
      finishedAt: null,
      nextAttemptAt: null,
      input: { name: 'ann' },
      problem: null,
      result: null,
      isResultTooLarge: false,
    });
    expect(answer.headers.get('location')).toBe(`/api/v1/calls/${call.id}`);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(answer.headers.get('cache-control') ?? 'no-store').toContain('no-store');
  });

  it('is done: its result is there', async () => {
    const { id } = await breakwater.submit('harbour.greet', { name: 'bob' });
    expect(await breakwater.reach(id, 'succeeded')).toMatchObject({
      attempts: 1,
      startedAt: expect.stringMatching(TIME),
      finishedAt: expect.stringMatching(TIME),
      nextAttemptAt: null,
      input: { name: 'bob' },
      result: { greeted: 'bob' },
      problem: null,
    });
    const answer = await breakwater.send('GET', `/calls/${id}`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([200, null]);
  });

  it('is not over yet: it says when to look again', async () => {
    const { id } = await breakwater.submit('harbour.unload', { name: 'cat' });
    await breakwater.reach(id, 'running');
    const answer = await breakwater.send('GET', `/calls/${id}`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([200, '1']);
    breakwater.harbour.unloading.get('cat')!();
    await breakwater.reach(id, 'succeeded');
  });

  it('waits for its time: it says to look again within a minute, as it may be cancelled', async () => {
    const { issuer, subject, clientId } = callerOf('ada');
    const call = {
      operation: 'harbour.greet',
      input: { name: 'ann' },
      owner: { issuer, subject, clientId: clientId! },
    };
    const { id } = await breakwater.background.submit({ ...call, delayMs: 3_600_000 });
    const answer = await breakwater.send('GET', `/calls/${id}`);
    expect(answer.headers.get('retry-after')).toBe('60');
    expect(jsonOf(answer)).toMatchObject({ state: 'queued', nextAttemptAt: expect.stringMatching(TIME) });
  });

  it('failed: why is a problem, whose page explains it', async () => {
    const { id } = await breakwater.submit('harbour.sink', { name: 'dan' });
    const { problem, result } = await breakwater.reach(id, 'failed');
    expect(problem).toEqual({
      type: '/problems/not_found',
      title: 'Not found',
      status: 404,
      detail: 'There is no ship dan',
      instance: `/api/v1/calls/${id}`,
      code: 'not_found',
    });
    expect(result).toBeNull();
  });
});
