import { describe, expect, it, jest } from '@jest/globals';
import { buildBackground, buildOperation, submitOne } from '../../test/support/background-rig.ts';
import { elapse } from '../../test/support/elapse.ts';
import { RecordsUnavailable } from '../platform/records/records.ts';
import { CallFinished, InputTooLarge, TooManyCalls } from './background-calls.ts';
import type { CallRecord } from './call-record.ts';
import type { DeclaredOperation } from './operations.ts';

const HOUR_MS = 3_600_000;
const ada = { issuer: 'https://auth.example', subject: 'ada' };
const bob = { issuer: 'https://auth.example', subject: 'bob' };

const succeed: DeclaredOperation['run'] = () => Promise.resolve('done');

const build = (run = succeed) => buildBackground([buildOperation({ run })]);

const ask = (background: ReturnType<typeof build>, owner: typeof ada | null = ada): Promise<CallRecord> =>
  background.background.submit({ operation: 'test.do', input: {}, owner });

describe('RecordedCalls', () => {
  it('refuses an operation that nobody declared', async () => {
    const background = build();
    const submitted = background.background.submit({ operation: 'test.undo', input: {}, owner: null });
    await expect(submitted).rejects.toThrow(new TypeError('There is no operation "test.undo"'));
  });

  it('refuses input of more than 64 KiB of JSON, counted in bytes', async () => {
    const { background } = build();
    const submit = (text: string) => background.submit({ operation: 'test.do', input: { text }, owner: null });
    await expect(submit('é'.repeat(32_763))).rejects.toThrow(InputTooLarge);
    await expect(submit('é'.repeat(32_762))).resolves.toMatchObject({ state: 'queued' });
  });

  it('keeps of a caller who it is, and nothing else', async () => {
    const { background } = build();
    const caller = { ...ada, clientId: 'app', scopes: ['ci:write'], token: 'secret' };
    const { id } = await background.submit({ operation: 'test.do', input: {}, owner: caller });
    expect((await background.find(id))?.owner).toEqual({ ...ada, clientId: 'app' });
  });

  it('has no more than 1,000 unfinished ones of one owner', async () => {
    const background = build();
    const first = await ask(background);
    for (let kept = 1; kept < 1_000; kept += 1) await background.calls.insert({ ...first, id: `${kept}` });
    await expect(ask(background)).rejects.toThrow(TooManyCalls);
    await expect(ask(background, bob)).resolves.toBeDefined();
    await expect(ask(background, null)).resolves.toBeDefined();
    await background.background.cancel(first.id);
    await expect(ask(background)).resolves.toBeDefined();
  });

  it('has no more than 1,000 unfinished ones of one room, whoever owns them', async () => {
    const background = build();
    const askIn = (room: string): Promise<CallRecord> =>
      background.background.submit({ operation: 'test.do', input: {}, owner: null, room });
    const first = await askIn('receiver');
    for (let kept = 1; kept < 1_000; kept += 1) await background.calls.insert({ ...first, id: `${kept}` });
    await expect(askIn('receiver')).rejects.toThrow(TooManyCalls);
    await expect(askIn('another')).resolves.toBeDefined();
    await background.background.cancel(first.id);
    await expect(askIn('receiver')).resolves.toBeDefined();
  });

  it('keeps one call when the store keeps it and answers too late', async () => {
    const background = build();
    const insert = background.records.insert.bind(background.records);
    let inserted = 0;
    background.records.insert = async (...args) => {
      const isNew = await insert(...args);
      inserted += 1;
      if (inserted === 1) throw new RecordsUnavailable();
      return isNew;
    };
    const asked = ask(background);
    await elapse(background.clock, 1_000);
    const { id } = await asked;
    const { items } = await background.background.list({ owner: ada, limit: 10 });
    expect([items.map((call) => call.id), inserted]).toEqual([[id], 2]);
  });

  it('keeps a call although the queue does not take it', async () => {
    const background = build();
    background.queue.add = () => Promise.reject(new Error('gone'));
    const call = await ask(background);
    expect(await background.background.find(call.id)).toEqual(call);
  });

  it('makes a call no sooner than it is to be', async () => {
    const run = jest.fn(succeed);
    const background = build(run);
    await background.worker.start();
    await submitOne(background, { delayMs: 60_000 });
    await elapse(background.clock, 59_999);
    expect(run).not.toHaveBeenCalled();
    await elapse(background.clock, 1);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('lists the newest first, page by page, of one owner or of all, in one state or in any', async () => {
    const background = build();
    const calls: string[] = [];
    for (const owner of [ada, bob, ada, null, ada]) {
      calls.push((await ask(background, owner)).id);
      await elapse(background.clock, 1);
    }
    await background.background.cancel(calls[2]!);
    const list = async (filter: object) => {
      const { items } = await background.background.list({ limit: 10, ...filter });
      return items.map(({ id }) => calls.indexOf(id));
    };
    expect(await list({})).toEqual([4, 3, 2, 1, 0]);
    expect(await list({ owner: ada })).toEqual([4, 2, 0]);
    expect(await list({ owner: bob })).toEqual([1]);
    expect(await list({ state: 'cancelled' })).toEqual([2]);
    expect(await list({ owner: ada, state: 'queued' })).toEqual([4, 0]);
    const { next } = await background.background.list({ limit: 2, owner: ada });
    expect(await list({ owner: ada, position: next })).toEqual([0]);
  });

  it('cancels what waits at once', async () => {
    const run = jest.fn(succeed);
    const background = build(run);
    const { id } = await ask(background);
    const cancelled = await background.background.cancel(id);
    expect(cancelled).toMatchObject({ state: 'cancelled', finishedAt: background.clock.wallTime() });
    expect(await background.queue.has(id)).toBe(false);
    await background.worker.start();
    await elapse(background.clock, HOUR_MS);
    expect(run).not.toHaveBeenCalled();
    await expect(background.background.cancel(id)).rejects.toThrow(new CallFinished('cancelled'));
    expect(await background.background.cancel('nobody')).toBeUndefined();
  });

  it('tells of every change, and goes on when a listener fails', async () => {
    const background = build();
    const states: string[] = [];
    background.background.onChange(() => {
      throw new Error('a bug');
    });
    const stop = background.background.onChange(({ state }) => void states.push(state));
    await background.worker.start();
    await ask(background);
    await elapse(background.clock, 0);
    expect(states).toEqual(['queued', 'running', 'succeeded']);
    stop();
    await ask(background);
    expect(states).toHaveLength(3);
    expect(background.lines.join('')).toContain('A listener to background calls failed');
  });
});
