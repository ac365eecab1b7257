import { describe, expect, it, jest } from '@jest/globals';
import { readCall, startCall, type Run } from '../../test/support/background-call.ts';
import { buildBackground, buildOperation, submitOne } from '../../test/support/background-rig.ts';
import { elapse } from '../../test/support/elapse.ts';
import { settled } from '../../test/support/fake-clock.ts';
import { currentContext } from '../platform/context/request-context.ts';

describe('CallRunner', () => {
  it('makes a call and keeps what came of it', async () => {
    const run = jest.fn<Run>().mockResolvedValue({ workflow: 7 });
    const started = await startCall({ run });
    await elapse(started.background.clock, 0);
    const { call } = started;
    expect(run.mock.calls.map(([input, attempt]) => [input, attempt.callId, attempt.attempt, attempt.owner])).toEqual([
      [{ a: 1 }, call.id, 1, undefined],
    ]);
    expect(await readCall(started)).toEqual({
      ...call,
      state: 'succeeded',
      attempts: 1,
      startedAt: call.createdAt,
      finishedAt: call.createdAt,
      result: { workflow: 7 },
    });
    expect(await started.background.queue.has(call.id)).toBe(false);
  });

  it('runs it as work that nobody waits for, under the id of the call', async () => {
    let seen: unknown;
    const run: Run = () => Promise.resolve((seen = [currentContext()?.requestId, currentContext()?.isBackground]));
    const { background, call } = await startCall({ run });
    await elapse(background.clock, 0);
    expect(seen).toEqual([call.id, true]);
  });

  it('logs one line when it is over, without what was asked for and what came of it', async () => {
    const { background, call } = await startCall({ run: () => Promise.resolve({ secret: 'xyz' }) });
    await elapse(background.clock, 0);
    const lines = background.lines.filter((line) => line.includes(call.id));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ operation: 'test.do', state: 'succeeded', attempts: 1, totalMs: 0 });
    expect(lines[0]).not.toMatch(/xyz|"a":1/);
  });

  it.each(['always', 'never'] as const)(
    'says that it is sending before the method begins only where that matters: %s',
    async (repeatable) => {
      const seen: unknown[] = [];
      const run: Run = async (_input, { callId }) => {
        const { state, isSending } = (await started.background.background.find(callId))!;
        seen.push(state, isSending);
      };
      const started = await startCall({ run, repeatable });
      await elapse(started.background.clock, 0);
      expect(seen).toEqual(['running', repeatable === 'never']);
      expect(await readCall(started)).toMatchObject({ state: 'succeeded', isSending: false });
    },
  );

  it.each([
    ['nothing', undefined, { result: null }],
    ['too much', 'x'.repeat(262_143), { result: null, isResultTooLarge: true }],
    ['as much as may be', 'x'.repeat(262_142), { result: 'x'.repeat(262_142) }],
    ['what is no JSON', 1n, { result: null }],
  ])('has succeeded although it returned %s', async (_what, result, kept) => {
    const started = await startCall({ run: () => Promise.resolve(result) });
    await elapse(started.background.clock, 0);
    expect(await readCall(started)).toMatchObject({ state: 'succeeded', ...kept });
  });

  it('fails a call of an operation that is not declared any more', async () => {
    const operations = [buildOperation({})];
    const background = buildBackground(operations);
    const call = await submitOne(background);
    operations.pop();
    await background.worker.start();
    await elapse(background.clock, 0);
    const detail = 'There is no operation "test.do" any more';
    expect(await readCall({ background, call })).toMatchObject({
      state: 'failed',
      problem: { code: 'not_found', detail },
    });
  });

  it('waits for the attempt under way when it is given the same call once more', async () => {
    let finish: (value: unknown) => void = () => undefined;
    const run = jest.fn<Run>().mockReturnValue(new Promise((resolve) => (finish = resolve)));
    const started = await startCall({ run });
    await elapse(started.background.clock, 0);
    const { signal } = new AbortController();
    const again = started.background.runner.attempt(started.call.id, signal);
    await settled();
    expect(await readCall(started)).toMatchObject({ state: 'running' });
    finish('done');
    expect(await again).toEqual({ isOver: true });
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('has nothing to do for a call that is not there, or over, or not due', async () => {
    const { background, call } = await startCall({});
    const { signal } = new AbortController();
    const attempt = (id: string) => background.runner.attempt(id, signal);
    expect(await attempt('nobody')).toEqual({ isOver: true });
    await elapse(background.clock, 0);
    expect(await attempt(call.id)).toEqual({ isOver: true });
    const later = await submitOne(background, { delayMs: 5_000 });
    expect(await attempt(later.id)).toEqual({ isOver: false, againInMs: 5_000 });
  });
});
