import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AnyCall, AnyCallPage } from '../../../src/operations/calls.dto.ts';
import { toLists } from '../../../src/jobs/call-lists.ts';
import type { CallRecord } from '../../../src/jobs/call-record.ts';
import { Records } from '../../../src/platform/records/records.ts';
import { callerOf } from '../authentication/known-callers.ts';
import { eventually } from '../../support/eventually.ts';
import { ask, jsonOf, problemOf } from '../../support/ask.ts';
import { ADA, LIN, startCalls, type CallsScene } from './calls-scene.ts';

const ABSENT = '00000000-0000-4000-8000-000000000000';

let breakwater: CallsScene;
beforeAll(async () => {
  breakwater = await startCalls();
});
afterAll(() => breakwater.close());

const walk = async (query = ''): Promise<AnyCallPage['items'][number][]> => {
  const all: AnyCallPage['items'][number][] = [];
  let cursor = '';
  do {
    const page = jsonOf<AnyCallPage>(await breakwater.operate('GET', `?limit=2${query}${cursor}`));
    all.push(...page.items);
    cursor = page.next === null ? '' : `&cursor=${page.next}`;
  } while (cursor !== '');
  return all;
};

const fail = async (name: string, token = ADA): Promise<string> => {
  const { id } = await breakwater.submit('harbour.sink', { name }, token);
  await breakwater.reach(id, 'failed', token);
  return id;
};

/** One that was sent, and nobody knows. */
const keepUnknown = async (id: string): Promise<void> => {
  const { issuer, subject, clientId } = callerOf('ada');
  const now = Date.now();
  const call: CallRecord = {
    ...{ id, operation: 'harbour.greet', input: { name: 'lost' }, owner: { issuer, subject, clientId: clientId! } },
    ...{ state: 'outcome_unknown', attempts: 1, createdAt: now, startedAt: now, finishedAt: now, nextAttemptAt: null },
    ...{ isSending: false, isCancelRequested: false },
  };
  const records = breakwater.app.get(Records, { strict: false });
  await records.insert('calls', { id, value: call, lists: toLists(call) });
};

describe('/ops/calls', () => {
  it.each([
    ['GET', ''],
    ['GET', `/${ABSENT}`],
    ['POST', `/${ABSENT}/retry`],
    ['DELETE', `/${ABSENT}`],
  ])('is for operators only: %s %s', async (method, path) => {
    for (const authorization of ['', 'Bearer wrong', `Bearer ${ADA}`]) {
      const answer = await ask(`${breakwater.url}/ops/calls${path}`, { method, headers: { authorization } });
      expect(answer.status).toBe(401);
    }
  });

  it.each([
    ['GET', `/${ABSENT}`],
    ['POST', `/${ABSENT}/retry`],
    ['DELETE', `/${ABSENT}`],
  ])('knows no call that never was: %s %s', async (method, path) => {
    expect(problemOf(await breakwater.operate(method, path))).toMatchObject({ status: 404, code: 'not_found' });
  });

  it.each(['?state=dead', '?state=', '?limit=101', '?cursor=made-up', '?owner=ada', '/nonsense'])(
    'refuses %s',
    async (path) => {
      expect(problemOf(await breakwater.operate('GET', path))).toMatchObject({ status: 400, code: 'invalid_request' });
    },
  );

  it('lists dead letters of everybody over all pages, the newest first, each once', async () => {
    const ids = [await fail('a'), await fail('b', LIN), await fail('c')];
    for (const digit of ['3', '4']) {
      const id = ABSENT.replaceAll('0', digit).replace(/(.{14})./, '$14');
      await keepUnknown(id);
      ids.push(id);
    }
    await breakwater.reach((await breakwater.submit('harbour.greet', { name: 'fine' })).id, 'succeeded');
    const listed = await walk();
    expect(listed.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    const times = listed.map(({ createdAt }) => createdAt);
    expect(times).toEqual(times.toSorted().toReversed());
    expect(listed.find(({ id }) => id === ids[1])).toMatchObject({
      owner: { issuer: 'https://login.example.com', subject: 'lin', clientId: 'web' },
      state: 'failed',
      problem: { code: 'not_found' },
    });
    expect(listed[0]).not.toHaveProperty('input');
  });

  it('lists those of any one state', async () => {
    const { id } = await breakwater.submit('harbour.greet', { name: 'one' });
    await breakwater.reach(id, 'succeeded');
    expect((await walk('&state=succeeded')).map((call) => call.id)).toContain(id);
    expect((await walk('&state=outcome_unknown')).every(({ state }) => state === 'outcome_unknown')).toBe(true);
    const { next } = jsonOf<AnyCallPage>(await breakwater.operate('GET', '?limit=1'));
    const answer = await breakwater.operate('GET', `?state=failed&cursor=${next}`);
    expect(problemOf(answer)).toMatchObject({ status: 400, errors: [{ field: 'cursor' }] });
  });

  it('shows all of one, our own too', async () => {
    const { id } = await breakwater.background.submit({
      operation: 'harbour.dredge',
      input: { name: 'mud' },
      owner: null,
    });
    await eventually(async () => {
      const call = jsonOf<AnyCall>(await breakwater.operate('GET', `/${id}`));
      expect(call).toMatchObject({
        owner: null,
        state: 'succeeded',
        input: { name: 'mud' },
        result: { dredged: 'mud' },
      });
      expect([call.isSending, call.isCancelRequested]).toEqual([false, false]);
    });
  });

  it('has a dead letter made again, and nothing else', async () => {
    const id = ABSENT.replaceAll('0', '5').replace(/(.{14})./, '$14');
    await keepUnknown(id);
    const answer = await breakwater.operate('POST', `/${id}/retry`);
    expect([answer.status, jsonOf(answer)]).toEqual([
      202,
      expect.objectContaining({ id, state: 'queued', attempts: 0 }),
    ]);
    expect(await breakwater.reach(id, 'succeeded')).toMatchObject({ attempts: 1, result: { greeted: 'lost' } });
    const again = await breakwater.operate('POST', `/${id}/retry`);
    expect(problemOf(again)).toMatchObject({
      status: 409,
      code: 'conflict',
      detail: 'A call that is succeeded cannot be made again',
    });
  });

  it('cancels what waits and what runs, and nothing that is over', async () => {
    const waiting = await breakwater.background.submit({
      ...{ operation: 'harbour.dredge', input: { name: 'mud' }, owner: null, delayMs: 3_600_000 },
    });
    expect((await breakwater.operate('DELETE', `/${waiting.id}`)).status).toBe(200);
    const running = await breakwater.submit('harbour.unload', { name: 'slow' });
    await breakwater.reach(running.id, 'running');
    const answer = await breakwater.operate('DELETE', `/${running.id}`);
    expect([answer.status, jsonOf(answer)]).toEqual([202, expect.objectContaining({ isCancelRequested: true })]);
    await breakwater.reach(running.id, 'outcome_unknown');
    for (const { id } of [waiting, running])
      expect(problemOf(await breakwater.operate('DELETE', `/${id}`))).toMatchObject({ status: 409, code: 'conflict' });
  });
});
