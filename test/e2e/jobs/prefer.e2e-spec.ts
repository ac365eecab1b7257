import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordsUnavailable } from '../../../src/platform/records/records.ts';
import { ask, jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import { ADA, ADAS_SESSION, createGuardedApp, type GuardedApp } from '../authentication/known-callers.ts';
import { CALL_ID, DeferringModule, done, RememberedDeferral } from './deferring.module.ts';

const ASYNC = { prefer: 'respond-async' };

let breakwater: GuardedApp;
let deferral: RememberedDeferral;
beforeAll(async () => {
  breakwater = await createGuardedApp({ imports: [DeferringModule] });
  deferral = breakwater.app.get(RememberedDeferral, { strict: false });
});
beforeEach(() => {
  done.splice(0);
  deferral.deferred.splice(0);
  deferral.failure = undefined;
});
afterAll(() => breakwater.close());

const post = (path: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(`${breakwater.url}/api/v1/doors/${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${ADA}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });

const expectNothingDone = (): void => expect([done, deferral.deferred]).toEqual([[], []]);

describe('a request that prefers to be answered at once', () => {
  it('is not put off for whoever may not make it', async () => {
    const answers = await Promise.all([
      post('front/ring', '{"times":1}', { ...ASYNC, authorization: 'Bearer made-up' }),
      post('front/ring', '{"times":1}', { ...ASYNC, authorization: '', cookie: `__Host-session=${ADAS_SESSION}` }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([401, expect.any(Number)]);
    for (const { status } of answers) expect(status).toBeGreaterThanOrEqual(401);
    expectNothingDone();
  });

  it.each([
    ['FRONT/ring', '{"times":1}'],
    ['front/ring', undefined],
    ['front/ring', '{}'],
    ['front/ring', 'null'],
    ['front/ring', '{"times":"1"}'],
    ['front/ring', '{"times":1.5}'],
    ['front/ring', '{"times":1,"loudly":true}'],
    ['front/ring', '{"times":1,"door":"back"}'],
    ['front/ring', '{"times":1,"constructor":{"prototype":{"isAdmin":true}}}'],
    ['front/ring', '{"times":1,"__proto__":{"isAdmin":true}}'],
    ['front/ring', '{"__proto__":{"times":1}}'],
    ['front/ring', '{"times":1'],
    ['FRONT/open', undefined],
  ])('is refused as it would be otherwise: %s %s', async (path, body) => {
    const [otherwise, answer] = [await post(path, body), await post(path, body, ASYNC)];
    const [expected, problem] = [problemOf(otherwise), problemOf(answer)];
    expect(answer.status).toBe(otherwise.status);
    expect(answer.status).toBe(400);
    expect(problem.code).toBe(expected.code);
    expect(problem.errors?.map(({ field }) => field)).toEqual(expected.errors?.map(({ field }) => field));
    expect(answer.headers.get('preference-applied')).toBeNull();
    expectNothingDone();
  });

  it.each(['[]', '[{"times":1}]', '"text"', '7', 'true'])('is refused when its body is no object: %s', async (body) => {
    const problem = problemOf(await post('front/ring', body, ASYNC));
    expect(problem).toMatchObject({ status: 400, errors: [{ field: 'body', detail: 'must be an object' }] });
    expectNothingDone();
  });

  it('is refused when it is nested beyond the stack', async () => {
    const body = `{"times":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
    expect(problemOf(await post('front/ring', body, ASYNC))).toMatchObject({ status: 400, code: 'invalid_request' });
    expectNothingDone();
  });

  it('fails when it cannot be kept', async () => {
    deferral.failure = new RecordsUnavailable();
    const answer = await post('front/ring', '{"times":1}', ASYNC);
    expect(problemOf(answer)).toMatchObject({ status: 503, code: 'unavailable', retryAfterMs: 1_000 });
    expect([answer.headers.get('location'), answer.headers.get('preference-applied')]).toEqual([null, null]);
    expect(answer.headers.get('vary')).toContain('Prefer');
    expectNothingDone();
  });

  it('is nothing that can be done when nobody declares the operation: ours to mend', async () => {
    expect(problemOf(await post('front/close', undefined, ASYNC))).toMatchObject({ status: 500, code: 'internal' });
    expectNothingDone();
    expect((await post('front/close')).status).toBe(201);
  });

  it('is put off: nothing is done, and the answer says where the call is', async () => {
    const answer = await post('front/ring', '{"times":3}', ASYNC);
    expect(answer.status).toBe(202);
    expect(jsonOf(answer)).toEqual({ id: CALL_ID, operation: 'doors.ring', state: 'queued' });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      location: `/api/v1/calls/${CALL_ID}`,
      'retry-after': '1',
      'preference-applied': 'respond-async',
      vary: expect.stringMatching(/\bPrefer\b/),
    });
    expect(done).toEqual([]);
    expect(deferral.deferred).toEqual([
      { operation: 'doors.ring', input: { door: 'front', times: 3 }, subject: 'ada' },
    ]);
  });

  it('is put off however the preference is written, and whatever others there are', async () => {
    for (const prefer of [
      'Respond-Async',
      'wait=10, respond-async',
      'return=minimal; respond-async=x, respond-async;a',
    ])
      expect((await post('front/ring', '{"times":1}', { prefer })).status).toBe(202);
    expect([done.length, deferral.deferred.length]).toEqual([0, 3]);
  });

  it('is given nothing of a body that its handler does not look at', async () => {
    expect((await post('front/open', '{"door":"back","isAdmin":true}', ASYNC)).status).toBe(202);
    expect(deferral.deferred).toMatchObject([{ operation: 'doors.open', input: { door: 'front' } }]);
  });
});

describe('a request that does not', () => {
  it.each(['', 'wait=10', 'respond-async=never', 'foo="respond-async, respond-async"'])(
    'is answered when it is done: Prefer: %s',
    async (prefer) => {
      const answer = await post('front/ring', '{"times":2}', prefer === '' ? {} : { prefer });
      expect([answer.status, jsonOf(answer)]).toEqual([201, { door: 'front' }]);
      expect(['location', 'retry-after', 'preference-applied'].map((name) => answer.headers.get(name))).toEqual([
        null,
        null,
        null,
      ]);
      expect(answer.headers.get('vary')).toMatch(/\bPrefer\b/);
      expect([done, deferral.deferred]).toEqual([['front 2'], []]);
    },
  );

  it('is done by routes that put nothing off, whatever is preferred', async () => {
    const answer = await post('front/paint', undefined, ASYNC);
    expect([answer.status, answer.headers.get('preference-applied')]).toEqual([201, null]);
    expect(answer.headers.get('vary')).not.toContain('Prefer');
    expect(done).toEqual(['front']);
  });
});

it('the documentation says which routes may be put off, and how that is answered', async () => {
  const { paths } = jsonOf<{ paths: Record<string, Record<'post', Described>> }>(
    await ask(`${breakwater.url}/docs/openapi.json`),
  );
  const { parameters, responses } = paths['/api/v1/doors/{door}/ring']!.post;
  expect(parameters).toContainEqual(expect.objectContaining({ name: 'Prefer', in: 'header', required: false }));
  expect(Object.keys(responses['202']!.headers).sort()).toEqual(['Location', 'Preference-Applied', 'Retry-After']);
  expect(JSON.stringify(responses['202'])).toContain('#/components/schemas/AcceptedCall');
  expect(JSON.stringify(paths['/api/v1/doors/{door}/paint']!.post)).not.toContain('Prefer');
});

interface Described {
  readonly parameters: { readonly name: string }[];
  readonly responses: Record<string, { readonly headers: object }>;
}
