import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallPage } from '../../../src/features/calls/calls.dto.ts';
import type { CallRecord } from '../../../src/jobs/call-record.ts';
import { toLists } from '../../../src/jobs/call-lists.ts';
import { Records } from '../../../src/platform/records/records.ts';
import { callerOf } from '../authentication/known-callers.ts';
import { jsonOf, problemOf } from '../../support/ask.ts';
import { ADA, ADAS_APP, LIN, OTHER_ADA, startCalls, type CallsScene } from './calls-scene.ts';

const ABSENT = '00000000-0000-4000-8000-000000000000';
const OTHERS = [LIN, ADAS_APP, OTHER_ADA];
const HOUR_MS = 3_600_000;

let breakwater: CallsScene;
beforeAll(async () => {
  breakwater = await startCalls();
});
afterAll(() => breakwater.close());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

const pageOf = async (query = '', token = ADA): Promise<CallPage> =>
  jsonOf<CallPage>(await breakwater.send('GET', `/calls${query}`, undefined, bearer(token)));

const walk = async (query: string, token = ADA): Promise<string[]> => {
  const ids: string[] = [];
  let cursor = '';
  do {
    const { items, next } = await pageOf(`?limit=2${query}${cursor}`, token);
    ids.push(...items.map(({ id }) => id));
    cursor = next === null ? '' : `&cursor=${next}`;
  } while (cursor !== '');
  return ids;
};

/** A call that ended so long ago. */
const keepEnded = async (id: string, agoMs: number, state: CallRecord['state']): Promise<void> => {
  const { issuer, subject, clientId } = callerOf('ada');
  const finishedAt = Date.now() - agoMs;
  const call: CallRecord = {
    ...{ id, operation: 'harbour.sink', input: { name: 'old' }, owner: { issuer, subject, clientId: clientId! } },
    ...{ state, attempts: 1, createdAt: finishedAt, startedAt: finishedAt, finishedAt, nextAttemptAt: null },
    ...{ isSending: false, isCancelRequested: false },
  };
  const records = breakwater.app.get(Records, { strict: false });
  await records.insert('calls', { id, value: call, lists: toLists(call) });
};

describe('calls of somebody else', () => {
  it('are not there: the same 404 as for what never was', async () => {
    const { id } = await breakwater.submit('harbour.greet', { name: 'ann' });
    const own = await breakwater.submit('harbour.unload', { name: 'lins' }, LIN);
    await breakwater.reach(own.id, 'running', LIN);
    const problemsOf = async (method: string): Promise<object[]> => {
      const all = [...OTHERS.map((token) => [id, token]), [own.id, ADA], [ABSENT, ADA]];
      const answers = await Promise.all(
        all.map(([callId, token]) => breakwater.send(method, `/calls/${callId}`, undefined, bearer(token!))),
      );
      return answers.map((answer) => {
        const { status, code, detail } = problemOf(answer);
        return { answered: answer.status, status, code, detail };
      });
    };
    for (const method of ['GET', 'DELETE'])
      for (const problem of await problemsOf(method))
        expect(problem).toEqual({
          answered: 404,
          status: 404,
          code: 'not_found',
          detail: 'There is no such call, or not any more',
        });
    breakwater.harbour.unloading.get('lins')!();
    await breakwater.reach(own.id, 'succeeded', LIN);
  });

  it('are in no list of mine, and our own are in nobody’s', async () => {
    const [mine, theirs] = [
      await breakwater.submit('harbour.greet', { name: 'ann' }),
      await breakwater.submit('harbour.greet', { name: 'lin' }, OTHER_ADA),
    ];
    const { id } = await breakwater.background.submit({
      operation: 'harbour.dredge',
      input: { name: 'a' },
      owner: null,
    });
    const [adas, others] = [await walk(''), await walk('', OTHER_ADA)];
    expect(adas).toContain(mine.id);
    expect(others).toEqual([theirs.id]);
    for (const list of [adas, others]) expect(list).not.toContain(id);
    expect((await breakwater.send('GET', `/calls/${id}`)).status).toBe(404);
  });

  it('have cursors that lead nowhere in mine', async () => {
    for (const name of ['a', 'b', 'c']) await breakwater.submit('harbour.greet', { name }, LIN);
    const { next } = await pageOf('?limit=1', LIN);
    const answer = await breakwater.send('GET', `/calls?cursor=${next}`);
    expect(problemOf(answer)).toMatchObject({ status: 400, errors: [{ field: 'cursor' }] });
  });
});

describe('a list', () => {
  it.each([
    ['?state=done', 'state'],
    ['?state=', 'state'],
    ['?state=queued,failed', 'state'],
    ['?state=queued&state=failed', 'state'],
    ['?state=__proto__', 'state'],
    ['?limit=0', 'limit'],
    ['?limit=101', 'limit'],
    ['?cursor=made-up', 'cursor'],
    ['?operation=ci.runWorkflow', 'operation'],
    ['?owner=lin', 'owner'],
  ])('of %s is refused', async (query, field) => {
    expect(problemOf(await breakwater.send('GET', `/calls${query}`))).toMatchObject({
      status: 400,
      errors: [{ field }],
    });
  });

  it('is read page by page, the newest first, without inputs and results', async () => {
    const before = await walk('');
    const ids: string[] = [];
    for (const name of ['one', 'two', 'three', 'four', 'five']) {
      const { id } = await breakwater.submit('harbour.greet', { name });
      await breakwater.reach(id, 'succeeded');
      ids.unshift(id);
    }
    expect((await walk('')).toSorted()).toEqual([...ids, ...before].toSorted());
    const { items } = await pageOf('?limit=5');
    expect(items.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    const times = items.map(({ createdAt }) => createdAt);
    expect(times).toEqual(times.toSorted().toReversed());
    expect(Object.keys(items[0]!).sort()).toEqual([
      ...['attempts', 'createdAt', 'finishedAt', 'id', 'nextAttemptAt', 'operation', 'problem', 'startedAt', 'state'],
    ]);
  });

  it('of one state has those alone, over all pages, and its cursors are of that list', async () => {
    const failed: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      const { id } = await breakwater.submit('harbour.sink', { name });
      await breakwater.reach(id, 'failed');
      failed.push(id);
    }
    expect((await walk('&state=failed')).toSorted()).toEqual(failed.toSorted());
    expect(await walk('&state=outcome_unknown')).toEqual([]);
    const { next } = await pageOf('?state=failed&limit=1');
    const answer = await breakwater.send('GET', `/calls?state=succeeded&cursor=${next}`);
    expect(problemOf(answer)).toMatchObject({ status: 400, errors: [{ field: 'cursor' }] });
  });
});

describe('a call that ended', () => {
  const [YOUNG, OLD] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];

  it('is there for 24 hours, and operators may see longer what failed', async () => {
    await keepEnded(YOUNG, 23 * HOUR_MS, 'failed');
    await keepEnded(OLD, 25 * HOUR_MS, 'failed');
    const statuses = await Promise.all(
      [YOUNG, OLD].map(async (id) => (await breakwater.send('GET', `/calls/${id}`)).status),
    );
    expect(statuses).toEqual([200, 404]);
    expect((await breakwater.send('DELETE', `/calls/${OLD}`)).status).toBe(404);
    const listed = await walk('&state=failed');
    expect([listed.includes(YOUNG), listed.includes(OLD)]).toEqual([true, false]);
    expect((await breakwater.operate('GET', `/${OLD}`)).status).toBe(200);
  });

  it.each(['nonsense', '..%2f..', `${ABSENT}0`, '%00', '__proto__'])('is not called %s', async (id) => {
    for (const method of ['GET', 'DELETE'])
      expect(problemOf(await breakwater.send(method, `/calls/${id}`))).toMatchObject({ status: 400 });
  });
});
