import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildOptions, buildReply } from '../../../test/support/build-call.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import type { Reply, Send } from '../http/call.ts';
import { Operation } from '../http/operation.ts';
import { beginAttempt } from '../telemetry/attempt-record.ts';
import { bulkhead } from './bulkhead.ts';
import { WaitingLine } from './waiting-line.ts';

const options = { maxConcurrent: 3, maxQueued: 1, queueTimeoutMs: 1_000, backgroundShare: 0.25 };
const greedy = new Operation({
  method: 'GET',
  name: 'greedy',
  template: '/{}',
  declared: { maxConcurrent: 2 },
  defaults: buildOptions(options),
});

let clock: FakeClock;
let line: WaitingLine;
let finish: Map<string, () => void>;
let stage: Send;

beforeEach(() => {
  clock = new FakeClock();
  line = new WaitingLine(options);
  finish = new Map();
  stage = bulkhead(
    line,
    options,
    clock,
  )(({ path }) => new Promise<Reply>((resolve) => finish.set(path, () => resolve(buildReply()))));
});

const sendGreedy = (path: string): Promise<Reply> => stage({ ...buildCall({ path }), operation: greedy });

describe('an operation with a share of its own', () => {
  it('leaves room for the others', async () => {
    const sent = ['a', 'b', 'c'].map(sendGreedy);
    const other = stage(buildCall({ path: 'other' }));
    await settled();
    expect([...finish.keys()]).toEqual(['a', 'b', 'other']);
    expect(await rejectionOf(sendGreedy('d'))).toMatchObject({ code: 'overloaded', operation: 'greedy' });
    for (const path of ['other', 'a', 'b', 'c']) {
      finish.get(path)?.();
      await settled();
    }
    await Promise.all([...sent, other]);
    expect([line.inside, greedy.line?.inside, clock.pending]).toEqual([0, 0, 0]);
  });

  it('gives its place back when the provider has none', async () => {
    for (const path of ['x', 'y', 'z', 'waiting']) void stage(buildCall({ path })).catch(() => undefined);
    await settled();
    expect(await rejectionOf(sendGreedy('a'))).toMatchObject({ code: 'overloaded' });
    expect(greedy.line?.inside).toBe(0);
  });

  it('records both waits', async () => {
    const call = { ...buildCall({ path: 'c' }), operation: greedy };
    const record = beginAttempt(call.receipt, clock);
    for (const path of ['a', 'b']) void sendGreedy(path);
    void stage(buildCall({ path: 'x' }));
    const sent = stage(call);
    await clock.advance(100);
    void stage(buildCall({ path: 'y' }));
    finish.get('a')?.();
    await clock.advance(50);
    for (const path of ['b', 'x', 'y']) {
      finish.get(path)?.();
      await settled();
    }
    finish.get('c')?.();
    await sent;
    expect(record.queuedMs).toBeGreaterThanOrEqual(100);
  });
});
