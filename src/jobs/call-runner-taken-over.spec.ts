import { describe, expect, it } from '@jest/globals';
import { deaf, readCall, startCall, type Run, type StartedCall } from '../../test/support/background-call.ts';
import { buildBackground, buildOperation } from '../../test/support/background-rig.ts';
import { elapse } from '../../test/support/elapse.ts';

/** A call of `test.do` whose method is under way. */
const start = async (repeatable: 'always' | 'never', run: Run): Promise<StartedCall> => {
  const started = await startCall({ repeatable, run });
  await elapse(started.background.clock, 0);
  return started;
};

describe('A worker that was taken for dead', () => {
  it('tells in the end what became of the call', async () => {
    let finish: (value: unknown) => void = () => undefined;
    const started = await start('never', () => new Promise((resolve) => (finish = resolve)));
    const { clock, records, queue } = started.background;
    queue.loseWorker();
    await buildBackground([buildOperation({})], { clock, records, queue }).worker.start();
    await elapse(clock, 30_000);
    expect(await readCall(started)).toMatchObject({ state: 'outcome_unknown' });
    finish('done');
    await elapse(clock, 0);
    const call = await readCall(started);
    expect(call).toMatchObject({ state: 'succeeded', result: 'done' });
    expect(call).not.toHaveProperty('problem');
  });

  it('does not meddle with an attempt of somebody else', async () => {
    let finish: (value: unknown) => void = () => undefined;
    const started = await start('always', () => new Promise((resolve) => (finish = resolve)));
    const { clock, records, queue } = started.background;
    queue.loseWorker();
    await elapse(clock, 30_000);
    await buildBackground([buildOperation({ run: deaf, repeatable: 'always' })], {
      clock,
      records,
      queue,
    }).worker.start();
    await elapse(clock, 0);
    finish('of the first');
    await elapse(clock, 0);
    expect(await readCall(started)).toMatchObject({ state: 'running', attempts: 1, deaths: 1 });
  });

  it('is not followed by others for ever', async () => {
    const started = await start('always', deaf);
    const { clock, records, queue } = started.background;
    for (let deaths = 1; deaths <= 21; deaths += 1) {
      expect(await readCall(started)).toMatchObject({ state: 'running' });
      queue.loseWorker();
      const operation = buildOperation({ run: deaf, repeatable: 'always' });
      await buildBackground([operation], { clock, records, queue }).worker.start();
      await elapse(clock, 1_000);
    }
    expect(await readCall(started)).toMatchObject({ state: 'failed', problem: { code: 'internal' } });
  });
});
