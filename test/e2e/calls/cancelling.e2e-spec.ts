import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callerOf } from '../authentication/known-callers.ts';
import { jsonOf, problemOf } from '../../support/ask.ts';
import { startCalls, type CallsScene } from './calls-scene.ts';

let breakwater: CallsScene;
beforeAll(async () => {
  breakwater = await startCalls();
});
afterAll(() => breakwater.close());

const cancel = (id: string) => breakwater.send('DELETE', `/calls/${id}`);

const expectFinished = async (id: string, state: string): Promise<void> => {
  const answer = await cancel(id);
  expect(answer.status).toBe(409);
  expect(problemOf(answer)).toMatchObject({ status: 409, code: 'conflict', detail: `The call is ${state} already` });
  expect((await breakwater.send('GET', `/calls/${id}`)).text).toContain(`"state":"${state}"`);
};

describe('cancelling a call', () => {
  it.each([
    ['harbour.greet', 'succeeded'],
    ['harbour.sink', 'failed'],
  ])('of %s that has %s is refused: there is nothing left to cancel', async (operation, state) => {
    const { id } = await breakwater.submit(operation, { name: 'ann' });
    await breakwater.reach(id, state);
    await expectFinished(id, state);
  });

  it('that waits ends it at once; it is never made', async () => {
    const { issuer, subject, clientId } = callerOf('ada');
    const owner = { issuer, subject, clientId: clientId! };
    const call = { operation: 'harbour.unload', input: { name: 'waiting' }, owner, delayMs: 3_600_000 };
    const { id } = await breakwater.background.submit(call);
    const answer = await cancel(id);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([200, null]);
    expect(jsonOf(answer)).toMatchObject({ id, state: 'cancelled', attempts: 0, result: null, nextAttemptAt: null });
    await expectFinished(id, 'cancelled');
    expect(breakwater.harbour.unloading.has('waiting')).toBe(false);
  });

  it('that runs tells it to end, and says so', async () => {
    const { id } = await breakwater.submit('harbour.unload', { name: 'running' });
    await breakwater.reach(id, 'running');
    const answer = await cancel(id);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([202, '1']);
    expect(jsonOf(answer)).toMatchObject({ id, state: 'running' });
    expect(await breakwater.reach(id, 'outcome_unknown')).toMatchObject({
      result: null,
      finishedAt: expect.any(String),
    });
    await expectFinished(id, 'outcome_unknown');
  });
});
