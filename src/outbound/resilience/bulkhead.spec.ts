import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { failure, scripted } from '../../../test/support/scripted-send.ts';
import type { Reply, Send } from '../http/call.ts';
import { beginAttempt } from '../telemetry/attempt-record.ts';
import { bulkhead } from './bulkhead.ts';
import { WaitingLine } from './waiting-line.ts';

const options = { maxConcurrent: 2, maxQueued: 2, queueTimeoutMs: 1_000, backgroundShare: 0.25 };
let clock: FakeClock;
let line: WaitingLine;
let finish: Map<string, () => void>;
let sent: Promise<Reply>[];

beforeEach(() => {
  clock = new FakeClock();
  line = new WaitingLine(options);
  finish = new Map();
});

/** Stays under way until `finish` is told its path. */
const underWay: Send = ({ path }) => new Promise<Reply>((resolve) => finish.set(path, () => resolve(buildReply())));

const send = (path: string, parts: CallParts = {}): Promise<Reply> =>
  bulkhead(line, options, clock)(underWay)(buildCall({ ...parts, path }));

/** Two under way, two waiting. */
const fill = async (): Promise<void> => {
  sent = ['a', 'b', 'c', 'd'].map((path) => send(path));
  await settled();
  expect([line.inside, line.waiting, [...finish.keys()]]).toEqual([2, 2, ['a', 'b']]);
};

const finishAll = async (): Promise<void> => {
  for (const path of ['a', 'b', 'c', 'd', 'e', 'f']) {
    finish.get(path)?.();
    await settled();
  }
};

describe('bulkhead', () => {
  it('serves in the order of arrival, one for each that ends', async () => {
    await fill();
    finish.get('b')?.();
    await settled();
    expect([[...finish.keys()], line.inside, line.waiting]).toEqual([['a', 'b', 'c'], 2, 1]);
    finish.get('a')?.();
    await settled();
    expect([[...finish.keys()], line.inside, line.waiting]).toEqual([['a', 'b', 'c', 'd'], 2, 0]);
  });

  it('gives all places back in the end, and leaves no timer', async () => {
    await fill();
    await finishAll();
    await Promise.all(sent);
    expect([line.inside, line.waiting, clock.pending]).toEqual([0, 0, 0]);
  });

  it('gives the place back when an attempt fails', async () => {
    const stage = bulkhead(line, options, clock)(scripted(failure()).send);
    for (let attempt = 0; attempt < 5; attempt += 1) await rejectionOf(stage(buildCall()));
    expect(line.inside).toBe(0);
  });

  it('loses no place over refusals and departures', async () => {
    await fill();
    const refused = sent.slice(2).map(rejectionOf);
    await rejectionOf(send('e'));
    await clock.advance(1_000);
    await Promise.all(refused);
    await finishAll();
    expect([line.inside, line.tryEnter(), line.tryEnter(), line.tryEnter()]).toEqual([0, true, true, false]);
  });

  it('records how long an attempt waited for its turn', async () => {
    const call = buildCall({ path: 'c' });
    const record = beginAttempt(call.receipt, clock);
    void send('a');
    void send('b');
    const sent = bulkhead(line, options, clock)(underWay)(call);
    await elapse(clock, 250);
    finish.get('a')?.();
    await settled();
    finish.get('c')?.();
    await sent;
    expect(record.queuedMs).toBe(250);
  });
});
