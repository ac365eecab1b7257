import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { currentContext, RequestContext, runInContext } from '../../platform/context/request-context.ts';
import { NoTracing } from '../../platform/telemetry/no-tracing.ts';
import { runInBackground, RunTooLong } from './run-in-background.ts';

let clock: FakeClock;
let controller: AbortController;

beforeEach(() => {
  clock = new FakeClock();
  controller = new AbortController();
});

const run = <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> =>
  runInBackground({ clock, tracing: new NoTracing() }, { name: 'run', maxMs: 1_000, signal: controller.signal }, work);

/** Ends when it is told to. */
const obedient = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

describe('runInBackground', () => {
  it('gives what the work gives, in a context of its own that nobody waits for', async () => {
    const request = new RequestContext('request-1', undefined, 5);
    const context = await runInContext(request, () => run(() => Promise.resolve(currentContext())));
    expect(context).toMatchObject({ isBackground: true, deadlineAt: 1_000 });
    expect([context?.requestId === 'request-1', clock.pending]).toEqual([false, 0]);
  });

  it('ends that context when it is over', async () => {
    let isOver = false;
    const work = (): Promise<void> => {
      currentContext()?.whenOver(() => (isOver = true));
      throw new Error('at once');
    };
    expect(await rejectionOf(run(work))).toMatchObject({ message: 'at once' });
    expect([isOver, clock.pending]).toEqual([true, 0]);
  });

  it('tells the work when it takes too long', async () => {
    const ended = rejectionOf(run(obedient));
    await clock.advance(1_000);
    expect(await ended).toBeInstanceOf(RunTooLong);
    expect([clock.now(), clock.pending]).toEqual([1_000, 0]);
  });

  it('tells the work when it is to end, and waits for what it does then', async () => {
    const reason = new Error('the process stops');
    let tidied = false;
    const ended = rejectionOf(
      run(async (signal) => {
        await obedient(signal).catch(() => undefined);
        await settled();
        tidied = true;
        throw reason;
      }),
    );
    await settled();
    controller.abort(reason);
    expect([await ended, tidied, clock.pending]).toEqual([reason, true, 0]);
  });

  it('does not wait for ever for what hears nothing', async () => {
    const reason = new Error('the process stops');
    const ended = rejectionOf(run(() => new Promise(() => undefined)));
    controller.abort(reason);
    await clock.advance(5_000);
    expect([await ended, clock.pending]).toEqual([reason, 0]);
  });

  it('does not begin what is to end already', async () => {
    const reason = new Error('the process stops');
    controller.abort(reason);
    let hasBegun = false;
    const ended = rejectionOf(run(() => Promise.resolve((hasBegun = true))));
    expect([await ended, hasBegun]).toEqual([reason, false]);
  });
});
