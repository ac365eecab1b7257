import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildOptions, buildReply } from '../../../test/support/build-call.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import type { Call, Reply, Send } from '../http/call.ts';
import { Operation } from '../http/operation.ts';
import { bulkhead } from './bulkhead.ts';
import { WaitingLine } from './waiting-line.ts';

const options = { maxConcurrent: 8, maxQueued: 2, queueTimeoutMs: 1_000, backgroundShare: 0.25 };
let clock: FakeClock;
let line: WaitingLine;
let finish: Map<string, () => void>;
let send: Send;

const start = (own: Partial<typeof options> = {}): void => {
  clock = new FakeClock();
  line = new WaitingLine({ ...options, ...own });
  finish = new Map();
  sent = [];
  send = bulkhead(
    line,
    options,
    clock,
  )(({ path }) => new Promise<Reply>((resolve) => finish.set(path, () => resolve(buildReply()))));
};

let sent: Promise<Reply>[];
const beginOne = (path: string, own: Partial<Call> = {}): Promise<Reply> => {
  const begun = send({ ...buildCall({ path }), ...own });
  begun.catch(() => undefined);
  sent.push(begun);
  return begun;
};
const begin = (paths: string, own: Partial<Call> = {}): void => {
  for (const path of paths) void beginOne(path, own);
};
const BEHIND = { isBackground: true };
const beginBehind = (paths: string, own: Partial<Call> = {}): void => begin(paths, { ...BEHIND, ...own });

const end = async (path: string): Promise<void> => {
  finish.get(path)?.();
  finish.delete(path);
  await settled();
};
const underWay = (): string => [...finish.keys()].join('');

beforeEach(() => start());

describe('what nobody waits for', () => {
  it('has a quarter of the places, and leaves the rest to those who wait', async () => {
    beginBehind('abcd');
    await settled();
    expect(underWay()).toBe('ab');
    begin('123456');
    await settled();
    expect([underWay(), line.inside, line.waiting]).toEqual(['ab123456', 8, 2]);
  });

  it.each([
    [1, 0.25, 1],
    [3, 0.25, 1],
    [7, 0.5, 3],
    [8, 1, 8],
  ])('has of %s places, at a share of %s, %s', async (maxConcurrent, backgroundShare, places) => {
    start({ maxConcurrent, backgroundShare });
    beginBehind('abcdefghijkl');
    await settled();
    expect(underWay()).toHaveLength(places);
  });

  it('has no more of them one by one, whoever ends', async () => {
    beginBehind('abcd');
    begin('1234');
    await end('1');
    expect(underWay()).toBe('ab234');
    await end('a');
    expect(underWay()).toBe('b234c');
    await end('b');
    await end('2');
    expect([underWay(), line.waiting]).toEqual(['34cd', 0]);
  });

  it('waits behind those who came later, and takes none of their room to wait', async () => {
    begin('12345678');
    beginBehind('ab');
    begin('9x');
    await settled();
    expect(line.waiting).toBe(4);
    for (const path of '123') await end(path);
    expect(underWay()).toBe('456789xa');
  });

  it('fails as overloaded, saying when to come again, once as many wait as may', async () => {
    beginBehind('abcd');
    expect(await rejectionOf(beginOne('e', BEHIND))).toMatchObject({
      code: 'overloaded',
      sent: false,
      retryAfterMs: 1_000,
    });
    const admitted = beginOne('1');
    await settled();
    await end('1');
    expect(await admitted).toMatchObject({ status: 200 });
  });

  it('fails as overloaded when its turn does not come, although places are free', async () => {
    beginBehind('ab');
    const refused = rejectionOf(beginOne('c', BEHIND));
    await elapse(clock, 1_000);
    expect(await refused).toMatchObject({ code: 'overloaded', retryAfterMs: 1_000 });
    expect([line.inside, line.waiting, clock.pending]).toEqual([2, 0, 0]);
  });

  it('has its share of an operation’s own places, too', async () => {
    const operation = new Operation({
      method: 'GET',
      name: 'greedy',
      template: '/{}',
      declared: { maxConcurrent: 4 },
      defaults: buildOptions(options),
    });
    beginBehind('ab', { operation });
    begin('1234', { operation });
    await settled();
    expect([underWay(), line.inside]).toEqual(['a123', 4]);
    for (const path of 'a123b4') await end(path);
    expect([line.inside, operation.line?.inside, operation.line?.waiting]).toEqual([0, 0, 0]);
  });

  it('gives all places back: answered, refused, timed out or left', async () => {
    const controller = new AbortController();
    beginBehind('abc');
    beginBehind('d', { signal: controller.signal });
    beginBehind('e');
    begin('123456789');
    await settled();
    controller.abort(new Error('the worker stops'));
    await elapse(clock, 1_000);
    for (const path of 'abc123456789e') await end(path);
    await Promise.allSettled(sent);
    expect([line.inside, line.waiting, clock.pending]).toEqual([0, 0, 0]);
    beginBehind('xyz');
    await settled();
    expect(underWay()).toBe('xy');
  });
});
