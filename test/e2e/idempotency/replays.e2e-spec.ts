import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import { ADA } from '../authentication/known-callers.ts';
import { startLedger, type LedgerScene } from './ledger-scene.ts';

let breakwater: LedgerScene;
beforeAll(async () => {
  breakwater = await startLedger();
});
afterAll(() => breakwater.close());

let before = 0;
let key = '';
beforeEach(() => {
  before = breakwater.ledger.written;
  key = `key-${Math.random()}`;
  breakwater.ledger.work = () => ({ number: breakwater.ledger.written });
});
const written = () => breakwater.ledger.written - before;
const isReplayed = ({ headers }: Answer): boolean => headers.get('idempotency-replayed') === 'true';
const twice = async (request: Parameters<LedgerScene['send']>[0]): Promise<[Answer, Answer]> => [
  await breakwater.send({ ...request, key }),
  await breakwater.send({ ...request, key }),
];

describe('the answer to a request that was sent before', () => {
  it('that was too large to be kept is a problem that says so', async () => {
    breakwater.ledger.work = () => ({ text: 'ä'.repeat(131_072) });
    const [first, second] = await twice({});
    expect(first.status).toBe(201);
    expect(problemOf(second)).toMatchObject({ status: 409, code: 'idempotency_answer_not_kept' });
    expect(second.headers.get('retry-after')).toBeNull();
    expect(written()).toBe(1);
  });

  it('that the handler sent itself is the same problem', async () => {
    breakwater.ledger.work = (reply) => void reply.send('sent');
    const [first, second] = await twice({});
    expect([first.status, problemOf(second).code]).toEqual([201, 'idempotency_answer_not_kept']);
  });

  it('carries no cookie, and neither the id nor the limits of the first', async () => {
    breakwater.ledger.work = (reply) => {
      reply.header('set-cookie', 'a=1; Secure').header('ratelimit', '"x";r=1').header('x-other', '1');
      return {};
    };
    const [first, second] = await twice({});
    expect(first.headers.get('set-cookie')).toBe('a=1; Secure');
    for (const name of ['set-cookie', 'ratelimit', 'x-other']) expect(second.headers.get(name)).toBeNull();
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
  });

  it('has its status, its body and the headers that belong to it, and says that it is a repetition', async () => {
    breakwater.ledger.work = (reply) => {
      reply
        .code(202)
        .headers({ location: '/api/v1/calls/7', 'retry-after': '5', 'preference-applied': 'respond-async' });
      reply.header('vary', 'prefer');
      return { id: '7', text: 'ä' };
    };
    const [first, second] = await twice({ body: '{}' });
    expect([isReplayed(first), isReplayed(second)]).toEqual([false, true]);
    expect([second.status, second.text]).toEqual([202, '{"id":"7","text":"ä"}']);
    const names = ['content-type', 'location', 'retry-after', 'preference-applied', 'vary', 'cache-control'];
    for (const name of names) expect([name, second.headers.get(name)]).toEqual([name, first.headers.get(name)]);
    expect(second.headers.get('content-length')).toBe(first.headers.get('content-length'));
    expect(written()).toBe(1);
  });

  it.each([
    ['nothing', undefined, ''],
    ['null', null, 'null'],
    ['text', 'word', 'word'],
    ['a number', 5, '5'],
    ['false', false, 'false'],
    ['a list', [1], '[1]'],
  ])('is what it was when that was %s', async (_what, value, text) => {
    breakwater.ledger.work = () => value;
    const [first, second] = await twice({});
    expect([second.status, second.text]).toEqual([first.status, first.text]);
    expect([second.text, second.headers.get('content-type')]).toEqual([text, first.headers.get('content-type')]);
  });

  it.each([
    ['PATCH', 200],
    ['PUT', 200],
    ['DELETE', 204],
  ])('is given for %s, too', async (method, status) => {
    breakwater.ledger.work = () => undefined;
    const [first, second] = await twice({ method });
    expect([first.status, second.status, isReplayed(second), written()]).toEqual([status, status, true, 1]);
  });

  it('may be compressed', async () => {
    breakwater.ledger.work = () => ({ text: 'a'.repeat(10_000) });
    const [first, second] = await twice({ headers: { 'accept-encoding': 'gzip' } });
    expect([second.headers.get('content-encoding'), second.text]).toEqual(['gzip', first.text]);
  });

  it('is found with the key quoted or bare', async () => {
    expect(jsonOf(await breakwater.send({ key }))).toEqual(jsonOf(await breakwater.send({ key: `"${key}"` })));
    expect(written()).toBe(1);
  });

  it('is for its caller alone', async () => {
    breakwater.tokens.answer = () =>
      breakwater.tokens
        .verify(ADA)
        .then((verdict) => ('caller' in verdict ? { caller: { ...verdict.caller, clientId: 'another' } } : verdict));
    const [adas, others] = [
      await breakwater.send({ key }),
      await breakwater.send({ key, headers: { authorization: 'Bearer other' } }),
    ];
    expect([adas.status, others.status, isReplayed(others), written()]).toEqual([201, 201, false, 2]);
  });
});

describe('of fifty equal requests at once', () => {
  it('one is carried out; the others are told to wait, or get its answer', async () => {
    const gate = Promise.withResolvers<object>();
    breakwater.ledger.work = () => gate.promise;
    const early: Answer[] = [];
    const asking = Array.from({ length: 50 }, async () => {
      const answer = await breakwater.send({ key });
      if (early.push(answer) === 49) gate.resolve({ number: 1 });
      return answer;
    });
    const answers = await Promise.all(asking);
    expect(written()).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const answer of early.slice(0, 49)) {
      expect(problemOf(answer)).toMatchObject({ status: 409, code: 'idempotency_in_flight', retryAfterMs: 1_000 });
      expect(answer.headers.get('retry-after')).toBe('1');
    }
    const late = await breakwater.send({ key });
    expect([late.status, late.text, isReplayed(late)]).toEqual([201, '{"number":1}', true]);
  });
});
