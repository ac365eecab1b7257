import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ask, problemOf } from '../../support/ask.ts';
import { speak } from '../../support/raw-http.ts';
import { ADA, ADAS_SESSION } from '../authentication/known-callers.ts';
import { startLedger, type LedgerScene } from './ledger-scene.ts';

let breakwater: LedgerScene;
beforeAll(async () => {
  breakwater = await startLedger();
});
afterAll(() => breakwater.close());

let before = { written: 0, asked: 0 };
beforeEach(() => {
  before = { written: breakwater.ledger.written, asked: breakwater.records.asked };
});
const written = () => breakwater.ledger.written - before.written;
const asked = () => breakwater.records.asked - before.asked;

describe('an Idempotency-Key that cannot be used', () => {
  it.each(['', '""', 'two words', '"open', 'a'.repeat(256), '"a", "b"', 'schlüssel'])(
    'is refused, and nothing is done: %s',
    async (key) => {
      const problem = problemOf(await breakwater.send({ key }));
      expect(problem).toMatchObject({ status: 400, errors: [{ field: 'Idempotency-Key' }] });
      expect([written(), asked()]).toEqual([0, 0]);
    },
  );

  it('is one that comes twice, be it the same', async () => {
    const head = ['POST /api/v1/ledger HTTP/1.1', 'Host: localhost', `Authorization: Bearer ${ADA}`];
    const lines = [...head, 'Idempotency-Key: a', 'Idempotency-Key: a', 'Content-Length: 0', 'Connection: close'];
    const answer = await speak(breakwater.url, `${lines.join('\r\n')}\r\n\r\n`);
    expect(problemOf(answer)).toMatchObject({ status: 400, errors: [{ detail: 'must be given once' }] });
    expect([written(), asked()]).toEqual([0, 0]);
  });
});

describe('a key that stands for another request already', () => {
  const FIRST = { method: 'POST', path: '', body: '{"text":"a","n":[1,2]}', headers: {} };

  it.each([
    ['another body', { body: '{"text":"a","n":[2,1]}' }],
    ['a member more', { body: '{"text":"a","n":[1,2],"more":null}' }],
    ['another query', { path: '?a=1' }],
    ['another path', { path: '/repeatable' }],
    ['another method', { method: 'PATCH' }],
    ['to be put off', { headers: { prefer: 'wait=5, respond-async' } }],
  ])('is refused for one with %s', async (what, other) => {
    const key = `taken-${what}`.replaceAll(' ', '-');
    expect((await breakwater.send({ ...FIRST, key })).status).toBe(201);
    const answer = await breakwater.send({ ...FIRST, ...other, key });
    expect(problemOf(answer)).toMatchObject({ status: 422, code: 'idempotency_mismatch' });
    expect(answer.headers.get('idempotency-replayed')).toBeNull();
    expect(written()).toBe(1);
  });

  it('is fine for the same one in other blanks and another order', async () => {
    const key = 'canonical';
    for (const body of [FIRST.body, ' { "n" : [1, 2],\n"text": "\\u0061" } '])
      expect((await breakwater.send({ ...FIRST, body, key })).status).toBe(201);
    expect(written()).toBe(1);
  });

  it('and a body nested beyond the stack is the caller’s mistake', async () => {
    const body = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const problem = problemOf(await breakwater.send({ key: 'deep', body }));
    expect(problem).toMatchObject({ status: 400, errors: [{ field: 'body', detail: 'is nested too deeply' }] });
    expect([written(), asked()]).toEqual([0, 0]);
  });
});

describe('a key means nothing, and no store is asked,', () => {
  it.each([
    ['on a route for everybody', { path: '/public' }, 201],
    ['on a read', { method: 'GET' }, 200],
    ['on the HEAD of a read', { method: 'HEAD' }, 200],
  ])('%s', async (_where, request, status) => {
    for (let time = 0; time < 2; time += 1)
      expect((await breakwater.send({ ...request, key: 'k' })).status).toBe(status);
    expect([written(), asked()]).toEqual([2, 0]);
  });

  it('when there is none', async () => {
    await breakwater.send();
    await breakwater.send();
    expect([written(), asked()]).toEqual([2, 0]);
  });

  it.each([
    ['nobody', {}, 401],
    ['who is not known', { authorization: 'Bearer somebody' }, 401],
    ['a page of another site', { cookie: `__Host-session=${ADAS_SESSION}` }, 403],
  ])('to %s', async (_whom, headers, status) => {
    const init = { method: 'POST', headers: { 'idempotency-key': 'k', ...headers } };
    expect((await ask(`${breakwater.url}/api/v1/ledger`, init)).status).toBe(status);
    expect([written(), asked()]).toEqual([0, 0]);
  });
});
