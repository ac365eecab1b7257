import { describe, expect, it, jest } from '@jest/globals';
import { buildBackground, buildOperation } from '../../test/support/background-rig.ts';
import { elapse } from '../../test/support/elapse.ts';
import { CallNotRetryable } from './background-calls.ts';
import type { CallRecord } from './call-record.ts';
import type { DeclaredOperation } from './operations.ts';

const HOUR_MS = 3_600_000;
const ada = { issuer: 'https://auth.example', subject: 'ada' };

const succeed: DeclaredOperation['run'] = () => Promise.resolve('done');
const fail: DeclaredOperation['run'] = () => Promise.reject(new Error('a bug'));

const build = (run = succeed) => buildBackground([buildOperation({ run })]);

const ask = (background: ReturnType<typeof build>, owner: typeof ada | null = ada): Promise<CallRecord> =>
  background.background.submit({ operation: 'test.do', input: {}, owner });

describe('RecordedCalls, as time goes by', () => {
  it.each([
    ['succeeded', succeed, 24],
    ['failed', fail, 24 * 7],
  ])('keeps one that has %s as long as somebody may ask', async (state, run, hours) => {
    const background = build(run);
    await background.worker.start();
    const { id } = await ask(background);
    await elapse(background.clock, hours * HOUR_MS - 1);
    expect(await background.background.find(id)).toMatchObject({ state });
    await elapse(background.clock, 1);
    expect(await background.background.find(id)).toBeUndefined();
  });

  it('shows a dead letter to its owner for a day, and to operators after that', async () => {
    const background = build(fail);
    await background.worker.start();
    await ask(background);
    const count = async (filter: object) => (await background.background.list({ limit: 9, ...filter })).items.length;
    await elapse(background.clock, 24 * HOUR_MS - 1);
    expect([await count({ owner: ada }), await count({})]).toEqual([1, 1]);
    await elapse(background.clock, 1);
    expect([await count({ owner: ada }), await count({ state: 'failed' })]).toEqual([0, 1]);
  });

  it('keeps what waits, however long', async () => {
    const background = build();
    const { id } = await ask(background);
    await elapse(background.clock, 300 * 24 * HOUR_MS);
    expect(await background.background.find(id)).toMatchObject({ state: 'queued' });
  });

  it('has a dead letter made again as if it were new, and nothing else', async () => {
    const run = jest.fn(succeed).mockRejectedValueOnce(new Error('a bug'));
    const background = build(run);
    const { id } = await ask(background);
    await expect(background.background.retry(id)).rejects.toThrow(new CallNotRetryable('queued'));
    await background.worker.start();
    await elapse(background.clock, 6 * 24 * HOUR_MS);
    expect(await background.background.retry(id)).toMatchObject({ state: 'queued', attempts: 0, finishedAt: null });
    await elapse(background.clock, 0);
    expect(await background.background.find(id)).toMatchObject({ state: 'succeeded', attempts: 1 });
    await expect(background.background.retry(id)).rejects.toThrow(new CallNotRetryable('succeeded'));
    expect(await background.background.retry('nobody')).toBeUndefined();
  });

  it('does not let a call run out that is made again', async () => {
    const background = build(fail);
    await background.worker.start();
    const { id } = await ask(background);
    await elapse(background.clock, 0);
    background.queue.loseWorker();
    await background.background.retry(id);
    await elapse(background.clock, 8 * 24 * HOUR_MS);
    expect(await background.background.find(id)).toMatchObject({ state: 'queued' });
  });
});
