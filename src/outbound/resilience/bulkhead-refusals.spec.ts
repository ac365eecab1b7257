import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import type { Reply, Send } from '../http/call.ts';
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

describe('bulkhead, when there is no room', () => {
  it('refuses at once when the line is full too, saying when to come again', async () => {
    await fill();
    const refused = await rejectionOf(send('e'));
    expect(refused).toMatchObject({ code: 'overloaded', sent: false, retryAfterMs: 1_000 });
    expect([clock.now(), finish.has('e')]).toEqual([0, false]);
    expect(line.waiting).toBe(2);
  });

  it('refuses at once where nobody may wait', async () => {
    const none = new WaitingLine({ ...options, maxConcurrent: 1, maxQueued: 0 });
    const stage = bulkhead(none, options, clock)(underWay);
    void stage(buildCall({ path: 'a' }));
    expect(await rejectionOf(stage(buildCall({ path: 'b' })))).toMatchObject({ code: 'overloaded' });
  });

  it('refuses who has waited its time, to the millisecond, and nobody else', async () => {
    await fill();
    const [refused, other] = sent.slice(2).map(rejectionOf);
    await clock.advance(999);
    expect(line.waiting).toBe(2);
    await clock.advance(1);
    expect(await refused).toMatchObject({ code: 'overloaded', reason: 'no turn within 1000 ms' });
    expect([line.inside, line.waiting, clock.pending]).toEqual([2, 0, 0]);
    expect(await other).toMatchObject({ code: 'overloaded' });
  });

  it('ends who waits at the deadline of the call, when that is nearer', async () => {
    await fill();
    line.leave();
    await settled();
    const ended = rejectionOf(send('e', { deadlineAt: 300 }));
    await elapse(clock, 300);
    expect(await ended).toMatchObject({ code: 'upstream_timeout' });
    expect([clock.now(), finish.has('e'), line.waiting]).toEqual([300, false, 1]);
  });

  it('lets who leaves go at once with the reason, and does not serve it later', async () => {
    const reason = new Error('the caller left');
    const controller = new AbortController();
    void send('a');
    void send('b');
    const left = rejectionOf(send('c', { signal: controller.signal }));
    void send('d');
    await settled();
    controller.abort(reason);
    expect(await left).toBe(reason);
    finish.get('a')?.();
    await settled();
    expect([...finish.keys()]).toEqual(['a', 'b', 'd']);
    expect([line.inside, line.waiting, clock.pending]).toEqual([2, 0, 0]);
  });

  it('does not let who has left already wait', async () => {
    await fill();
    finish.get('a')?.();
    await settled();
    const reason = new Error('the caller left');
    let isOver = false;
    void rejectionOf(send('e', { signal: AbortSignal.abort(reason) })).then(() => (isOver = true));
    await settled();
    expect(isOver).toBe(true);
  });
});
