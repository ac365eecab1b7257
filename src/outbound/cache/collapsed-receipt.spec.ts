import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildOptions, buildReceipt } from '../../../test/support/build-call.ts';
import { answerAfter, collapsed, shareable } from '../../../test/support/collapse-alone.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { LOOKUP } from '../../../test/support/empty-lookup.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { failure, hanging, scripted } from '../../../test/support/scripted-send.ts';
import { currentContext, RequestContext, runInContext } from '../../platform/context/request-context.ts';
import { CallerGone } from '../../platform/context/caller-gone.ts';
import type { Send } from '../http/call.ts';
import { RetryBudget } from '../resilience/retry-budget.ts';
import { retry } from '../resilience/retry.ts';
import type { CallReceipt } from '../telemetry/call-receipt.ts';
import { CallReceipts } from '../telemetry/call-receipts.ts';
import { receipt } from '../telemetry/receipt.ts';

let clock: FakeClock;
let receipts: CallReceipts;
/** As they were when they were told. */
let told: CallReceipt[];

beforeEach(() => {
  clock = new FakeClock();
  receipts = new CallReceipts();
  told = [];
  receipts.listen((one) => void told.push(structuredClone(one)));
});

/** Receipts are told outside of the stage that collapses, attempts are made inside of it. */
const build = (...steps: readonly (Error | Send)[]): Send => {
  const options = buildOptions({ backoffBaseMs: 0 });
  const attempts = retry(options, { budget: new RetryBudget(options), clock, random: Math.random });
  return receipt(receipts, clock)(collapsed(clock, { send: attempts(scripted(...steps).send), calls: [] }, receipts));
};

const begin = (send: Send, id: string) => {
  const controller = new AbortController();
  const { signal } = controller;
  const ended = send(buildCall({ lookup: LOOKUP, signal, receipt: buildReceipt({ requestId: id }) }));
  ended.catch(() => undefined);
  return { ended, leave: () => controller.abort(new CallerGone()) };
};

const answering = () => answerAfter(clock, 50, shareable());

const underWay = (): number[] => [...receipts.underWay].map(({ attempts }) => attempts.length);

describe('the receipt of a call that several wait for', () => {
  it('is that of the caller it was begun for, who waits to its end', async () => {
    const send = build(failure(), answering());
    begin(send, 'first');
    begin(send, 'joined');
    await elapse(clock, 60);
    expect(told).toMatchObject([
      {
        requestId: 'first',
        outcome: 'answered',
        backoffsMs: [expect.any(Number)],
        retryBudgetTokens: expect.any(Number),
      },
      { requestId: 'joined', outcome: 'answered', attempts: [] },
    ]);
    expect(told[0]!.attempts).toMatchObject([{ error: 'ECONNRESET' }, { status: 200, durationMs: 50 }]);
    expect(told[0]).not.toHaveProperty('isShared');
    expect(underWay()).toEqual([]);
  });

  it('is told by itself, when it is over, where that caller has left before', async () => {
    const send = build(answering());
    const [first] = [begin(send, 'first'), begin(send, 'joined')];
    await elapse(clock, 10);
    first.leave();
    await elapse(clock, 0);
    expect(told).toMatchObject([{ requestId: 'first', outcome: 'cancelled', attempts: [], durationMs: 10 }]);
    expect(told[0]!.decisions).toEqual(['left a call that goes on for others']);
    expect(underWay().sort()).toEqual([0, 1]);
    await elapse(clock, 40);
    const shared = told.find(({ isShared }) => isShared);
    expect(shared).toMatchObject({ requestId: 'first', outcome: 'answered', status: 200, durationMs: 50 });
    expect(shared!.attempts).toMatchObject([{ status: 200, durationMs: 50 }]);
    expect([told.length, underWay()]).toEqual([3, []]);
  });

  it('has the attempt that ended because the last one left', async () => {
    const { leave } = begin(build(hanging), 'alone');
    await elapse(clock, 10);
    leave();
    await elapse(clock, 0);
    expect(told).toMatchObject([
      { requestId: 'alone', outcome: 'cancelled', attempts: [{ code: 'cancelled', durationMs: 10 }] },
    ]);
    expect([underWay(), clock.pending]).toEqual([[], 0]);
  });

  it('keeps nobody waiting who has left, should the call not end', async () => {
    const { leave } = begin(build(answerAfter(clock, 500, shareable())), 'alone');
    await elapse(clock, 10);
    leave();
    await elapse(clock, 100);
    expect(told).toMatchObject([{ outcome: 'cancelled', attempts: [], durationMs: 110 }]);
    await elapse(clock, 400);
    expect(told[1]).toMatchObject({ isShared: true, attempts: [{ durationMs: 500 }] });
  });

  it('tells of attempts under way once', async () => {
    const send = build(answering());
    for (const id of ['first', 'joined']) begin(send, id);
    await elapse(clock, 10);
    expect(underWay().sort()).toEqual([0, 0, 1]);
  });

  it('is no part of a request, and none of a background call', async () => {
    const send = build(answering());
    const heard: unknown[] = [];
    receipts.listen(({ isShared, isBackground }) => {
      if (isShared) heard.push(currentContext(), isBackground);
    });
    const first = runInContext(new RequestContext('first', undefined, Infinity, true), () => begin(send, 'first'));
    begin(send, 'joined');
    await elapse(clock, 10);
    first.leave();
    await elapse(clock, 40);
    expect(heard).toEqual([undefined, false]);
  });
});
