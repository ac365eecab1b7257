import { describe, expect, it, jest } from '@jest/globals';
import { buildBackground, buildOperation, submitOne } from '../../test/support/background-rig.ts';
import { elapse } from '../../test/support/elapse.ts';
import { RecordsUnavailable } from '../platform/records/records.ts';
import type { DeclaredOperation } from './operations.ts';

const build = (run = jest.fn<DeclaredOperation['run']>()) => {
  const background = buildBackground([buildOperation({ run: run.mockResolvedValue('done') })]);
  return { ...background, run, background };
};

describe('CallSweep', () => {
  it('has calls made that the queue has lost, however many', async () => {
    const { background, clock, queue, run, worker } = build();
    for (let asked = 0; asked < 250; asked += 1) await submitOne(background);
    queue.forgetAll();
    await worker.start();
    await elapse(clock, 0);
    expect(run).toHaveBeenCalledTimes(250);
  });

  it('finds within a minute what the queue did not take', async () => {
    const { background, clock, queue, run, worker } = build();
    await worker.start();
    await elapse(clock, 0);
    const refusal = jest.spyOn(queue, 'add').mockRejectedValueOnce(new Error('gone'));
    await submitOne(background);
    expect(refusal).toHaveBeenCalled();
    await elapse(clock, 60_000);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('makes nothing sooner than it is to be', async () => {
    const { background, clock, queue, run, worker } = build();
    await submitOne(background, { delayMs: 90_000 });
    queue.forgetAll();
    await worker.start();
    await elapse(clock, 89_999);
    expect(run).not.toHaveBeenCalled();
    await elapse(clock, 1);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('leaves alone what is in the queue, and what is over', async () => {
    const { background, clock, sweep, worker, queue } = build();
    await submitOne(background, { delayMs: 1_000 });
    expect(await sweep.sweep()).toBe(0);
    await worker.start();
    await elapse(clock, 1_000);
    queue.forgetAll();
    expect(await sweep.sweep()).toBe(0);
  });

  it('makes each once, whoever else sweeps at the same time', async () => {
    const { background, clock, queue, records, run } = build();
    for (let asked = 0; asked < 20; asked += 1) await submitOne(background);
    queue.forgetAll();
    const operation = buildOperation({ run });
    const others = Array.from({ length: 3 }, () => buildBackground([operation], { clock, queue, records }));
    await background.worker.start();
    await Promise.all(others.map(({ sweep }) => sweep.sweep()));
    await elapse(clock, 0);
    expect(run).toHaveBeenCalledTimes(20);
  });

  it('goes on a minute later when the store does not answer, and does nothing once it is stopped', async () => {
    const { background, clock, queue, records, run, sweep, worker } = build();
    await submitOne(background);
    queue.forgetAll();
    const list = jest.spyOn(records, 'list').mockRejectedValueOnce(new RecordsUnavailable());
    await worker.start();
    await elapse(clock, 59_999);
    expect(run).not.toHaveBeenCalled();
    await elapse(clock, 1);
    expect(run).toHaveBeenCalledTimes(1);
    sweep.onModuleDestroy();
    const rounds = list.mock.calls.length;
    await elapse(clock, 600_000);
    expect(list).toHaveBeenCalledTimes(rounds);
  });
});
