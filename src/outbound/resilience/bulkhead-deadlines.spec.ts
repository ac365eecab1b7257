import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildReply } from '../../../test/support/build-call.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import type { Call, Reply, Send } from '../http/call.ts';
import { bulkhead } from './bulkhead.ts';
import { WaitingLine } from './waiting-line.ts';

const options = { maxConcurrent: 1, maxQueued: 8, queueTimeoutMs: 60_000, backgroundShare: 0.25 };
const { operation } = buildCall();
const { operation: other } = buildCall();
let clock: FakeClock;
let line: WaitingLine;
let finish: Map<string, () => void>;

beforeEach(() => {
  clock = new FakeClock();
  line = new WaitingLine(options);
  finish = new Map();
});

/** Stays under way until `finish` is told its path. */
const underWay: Send = ({ path }) => new Promise<Reply>((resolve) => finish.set(path, () => resolve(buildReply())));

const send = (path: string, leftMs: number, more: Partial<Call> = {}): Promise<Reply> =>
  bulkhead(line, options, clock)(underWay)({
    ...buildCall({ path, deadlineAt: clock.now() + leftMs }),
    operation,
    ...more,
  });

const take = async (path: string, ms: number): Promise<void> => {
  await clock.advance(ms);
  finish.get(path)?.();
  await settled();
};

/** One place, and it is known that an attempt takes 100 ms; `busy` has just begun. */
const learn = async (): Promise<void> => {
  void send('first', 1_000);
  await take('first', 100);
  void send('busy', 1_000);
  await settled();
};

/** One attempt of another operation after the other has the place, and takes 100 ms; so does one at the end. */
const keepBusy = async (ms: number): Promise<void> => {
  void send('0', 60_000, { operation: other });
  for (let busyMs = 0; busyMs < ms; busyMs += 100) {
    void send(`${busyMs + 100}`, 60_000, { operation: other });
    await take(`${busyMs}`, 100);
  }
};

describe('bulkhead, with deadlines', () => {
  it('refuses at once who would wait for its turn too long to have an answer in time', async () => {
    await learn();
    const refused = await rejectionOf(send('a', 249));
    expect(refused).toMatchObject({ code: 'overloaded', sent: false, retryAfterMs: 60_000 });
    expect([line.waiting, line.inside]).toEqual([0, 1]);
  });

  it('lets wait who has the time, counting those in front', async () => {
    await learn();
    void send('a', 250);
    expect(await rejectionOf(send('b', 374))).toMatchObject({ code: 'overloaded' });
    void send('b', 375);
    await settled();
    expect(line.waiting).toBe(2);
    await take('busy', 100);
    await take('a', 100);
    expect(finish.has('b')).toBe(true);
  });

  it('does not send whose turn came too late after all, and gives the place to the next', async () => {
    await learn();
    const late = rejectionOf(send('a', 250));
    void send('b', 10_000);
    await take('busy', 151);
    expect(await late).toMatchObject({ code: 'overloaded', reason: expect.stringContaining('too late') });
    expect([finish.has('a'), finish.has('b'), line.inside, line.waiting]).toEqual([false, true, 1, 0]);
  });

  it('sends whoever finds a place free, however little time is left', async () => {
    await learn();
    await take('busy', 100);
    void send('a', 1);
    await settled();
    expect(finish.has('a')).toBe(true);
  });

  it('refuses nobody of whose kind it has not seen one', async () => {
    void send('first', 1_000);
    await settled();
    void send('a', 1);
    await settled();
    expect(line.waiting).toBe(1);
  });

  it('forgets how slow it was', async () => {
    await learn();
    await take('busy', 5_000);
    for (let quick = 0; quick < 40; quick += 1) {
      void send(`quick-${quick}`, 10_000);
      await settled();
      await take(`quick-${quick}`, 100);
    }
    void send('busy', 1_000);
    await settled();
    void send('a', 300);
    await settled();
    expect(line.waiting).toBe(1);
  });

  it('forgets it after five seconds, though others keep it from being seen', async () => {
    void send('slow', 1_000);
    await take('slow', 900);
    await keepBusy(5_000);
    expect(await rejectionOf(send('a', 1_000))).toMatchObject({ code: 'overloaded' });
    await take('5000', 1);
    await keepBusy(100);
    void send('a', 1_000);
    await settled();
    expect(line.waiting).toBe(1);
    await take('100', 100);
    await take('a', 100);
    void send('busy', 1_000);
    void send('b', 400);
    await settled();
    expect(line.waiting).toBe(1);
  });

  it('does not count how long a body took to be sent', async () => {
    void send('upload', 60_000, { body: Object.assign(Readable.from([]), { movedAt: 0 }) });
    await take('upload', 3_000);
    void send('busy', 1_000);
    void send('a', 200);
    await settled();
    expect([line.waiting, line.inside]).toEqual([1, 1]);
  });

  it('tells nothing of the turn of what nobody waits for', () => {
    line.pace.note(operation, 100, 0);
    expect([line.turnMs(0, false), line.turnMs(0, true)]).toEqual([100, 0]);
  });
});
