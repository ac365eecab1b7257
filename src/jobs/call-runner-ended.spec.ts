import { describe, expect, it } from '@jest/globals';
import {
  buildFailure,
  deaf,
  readCall,
  startCall,
  untilAborted,
  type Run,
  type StartedCall,
} from '../../test/support/background-call.ts';
import { buildBackground, buildOperation, submitOne } from '../../test/support/background-rig.ts';
import { elapse } from '../../test/support/elapse.ts';

/** A call of `test.do` whose method is under way. */
const start = async (repeatable: 'always' | 'never', run: Run): Promise<StartedCall> => {
  const started = await startCall({ repeatable, run });
  await elapse(started.background.clock, 0);
  return started;
};

const refusedAtOnce = untilAborted(() => buildFailure('upstream_unreachable', { sent: false }));
const rejectedAtOnce = untilAborted(() => buildFailure('upstream_rejected', { status: 400 }));
const doneAllTheSame = untilAborted(() => 'done');

describe('A call that is cancelled while it runs', () => {
  it.each([
    ['may have been sent, and may be repeated', 'always', untilAborted(), 'outcome_unknown'],
    ['may be repeated, and does not heed it', 'always', deaf, 'outcome_unknown'],
    ['may have been sent', 'never', untilAborted(), 'outcome_unknown'],
    ['may have been sent, and does not heed it', 'never', deaf, 'outcome_unknown'],
    ['was certainly not sent', 'never', refusedAtOnce, 'cancelled'],
    ['was refused at that moment', 'never', rejectedAtOnce, 'failed'],
    ['was done at that moment', 'never', doneAllTheSame, 'succeeded'],
  ] as const)('ends at once: %s', async (_what, repeatable, run, state) => {
    const started = await start(repeatable, run);
    const cancelled = await started.background.background.cancel(started.call.id);
    expect(cancelled).toMatchObject({ state: 'running', isCancelRequested: true });
    await elapse(started.background.clock, 1_000);
    expect(await readCall(started)).toMatchObject({ state, attempts: 1 });
    expect(await started.background.queue.has(started.call.id)).toBe(false);
  });

  it('is not tried again, although its worker did not hear of it', async () => {
    let fail: () => void = () => undefined;
    const run: Run = () =>
      new Promise((_resolve, reject) => (fail = () => reject(buildFailure('upstream_unreachable'))));
    const started = await start('always', run);
    started.background.queue.announceCancel = () => Promise.reject(new Error('gone'));
    await started.background.background.cancel(started.call.id);
    fail();
    await elapse(started.background.clock, 0);
    expect(await readCall(started)).toMatchObject({ state: 'outcome_unknown' });
  });

  it.each([
    ['always', 'outcome_unknown'],
    ['never', 'outcome_unknown'],
  ] as const)('ends, too, when its worker is dead: repeatable %s', async (repeatable, state) => {
    const started = await start(repeatable, deaf);
    started.background.queue.loseWorker();
    await started.background.background.cancel(started.call.id);
    const { clock, records, queue } = started.background;
    await buildBackground([buildOperation({ repeatable })], { clock, records, queue }).worker.start();
    await elapse(clock, 0);
    expect(await readCall(started)).toMatchObject({ state });
  });
});

describe('A worker that stops', () => {
  it.each([
    [
      'may be repeated',
      'always',
      untilAborted(),
      { state: 'queued', attempts: 0, nextAttemptAt: null, isSending: false },
    ],
    ['may be repeated, and does not heed it', 'always', deaf, { state: 'queued', attempts: 0 }],
    ['may have been sent', 'never', untilAborted(), { state: 'outcome_unknown', problem: { code: 'outcome_unknown' } }],
    ['was certainly not sent', 'never', refusedAtOnce, { state: 'queued', attempts: 0 }],
    ['was done at that moment', 'never', doneAllTheSame, { state: 'succeeded' }],
  ] as const)('gives back what runs, or says that nobody knows: %s', async (_what, repeatable, run, expected) => {
    const started = await start(repeatable, run);
    const closed = started.background.queue.onModuleDestroy();
    await elapse(started.background.clock, 1_000);
    await closed;
    expect(await readCall(started)).toMatchObject(expected);
  });

  it('begins nothing any more', async () => {
    const background = buildBackground([buildOperation({})]);
    const call = await submitOne(background);
    const stopping = AbortSignal.abort(new Error('stop'));
    const attempted = await background.runner.attempt(call.id, stopping);
    expect(attempted).toEqual({ isOver: false, againInMs: 0 });
    expect(await readCall({ background, call })).toEqual(call);
  });
});
