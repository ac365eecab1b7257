import type { ServerResponse } from 'node:http';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { captureLog } from '../../../test/support/captured-log.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { SlowResponse } from '../../../test/support/slow-response.ts';
import { MemoryHub } from '../../realtime/memory-hub.ts';
import { EventStream } from './event-stream.ts';

const KIB = 'x'.repeat(1_000);

let hub: MemoryHub;
let clock: FakeClock;
let response: SlowResponse;
let dropped: number;
let stream: EventStream;
beforeEach(() => {
  hub = new MemoryHub(captureLog().log);
  hub.declare({ name: 'open', description: 'For everybody', access: 'public' });
  clock = new FakeClock();
  dropped = 0;
});

const open = (after?: string): void => {
  response = new SlowResponse();
  stream = new EventStream({
    hub,
    clock,
    response: response as unknown as ServerResponse,
    topic: 'open',
    after,
    owner: undefined,
    expiresAt: Infinity,
    onDropped: () => (dropped += 1),
  });
  stream.listen();
};

const publish = (from: number, to: number): void => {
  for (let number = from; number < to; number += 1)
    void hub.publish('open', { type: 'n', data: { number, text: KIB } });
};

const read = (): number[] => {
  response.read();
  return response.parser.events.map(({ data }) => (JSON.parse(data) as { number: number }).number);
};

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

const tickFor = async (seconds: number): Promise<void> => {
  for (let second = 0; second < seconds; second += 1) {
    await clock.advance(1_000);
    stream.tick(true);
  }
};

describe('a stream whose reader is slow', () => {
  it('holds no more than 64 KiB and an event, and loses nothing', () => {
    open();
    publish(0, 500);
    expect(response.writableLength).toBeGreaterThan(65_536);
    expect(response.writableLength).toBeLessThan(65_536 + 2_000);
    const firstRead = read().length;
    expect(firstRead).toBeLessThan(70);
    expect(response.writableLength).toBeLessThan(65_536 + 2_000);
    for (let times = 0; times < 20; times += 1) read();
    expect(read()).toEqual(range(0, 500));
    publish(500, 501);
    expect(read()).toEqual(range(0, 501));
    expect(dropped).toBe(0);
  });

  it('does so for one who comes back, too, whose place is that of what was written last', () => {
    open();
    response.read();
    const { lastEventId } = response.parser;
    stream.close();
    publish(0, 300);
    open(lastEventId);
    expect(response.writableLength).toBeLessThan(65_536 + 2_000);
    const some = read();
    const left = response.parser.lastEventId;
    expect(some).toEqual(range(0, some.length));
    stream.close();
    open(left);
    for (let times = 0; times < 10; times += 1) read();
    expect(read()).toEqual(range(some.length, 300));
  });

  it('ends when nothing is taken for five seconds, and two seconds later whatever that does', async () => {
    open();
    publish(0, 100);
    await tickFor(4);
    expect([dropped, response.isEnded]).toEqual([0, false]);
    await tickFor(1);
    expect([dropped, response.isEnded, response.destroyed]).toEqual([1, true, false]);
    await tickFor(2);
    expect([dropped, response.destroyed]).toEqual([1, true]);
  });

  it('does not end when it is taken in the fifth second, each time', async () => {
    open();
    for (let round = 0; round < 5; round += 1) {
      publish(round * 80, round * 80 + 80);
      await tickFor(4);
      response.read();
    }
    expect(dropped).toBe(0);
    for (let times = 0; times < 20; times += 1) read();
    expect(read()).toEqual(range(0, 400));
  });

  it('starts anew when it is so far behind that nobody knows what comes next', () => {
    open();
    publish(0, 2_000);
    response.read();
    response.read();
    expect(response.parser.events.at(-1)).toMatchObject({ type: 'reset' });
    publish(2_000, 2_001);
    response.read();
    expect(response.parser.events.at(-1)!.data).toContain('2000');
    expect(dropped).toBe(0);
  });

  it('gets no heartbeat that would only wait, and no event after the last words', async () => {
    open();
    publish(0, 100);
    const waiting = response.writableLength;
    await tickFor(3);
    expect(response.writableLength).toBe(waiting);
    await tickFor(2);
    publish(100, 110);
    response.read();
    expect(response.parser.events.at(-1)).toMatchObject({ type: 'dropped' });
  });

  it('does not look as if nobody listened when it goes on', () => {
    open();
    const told: boolean[] = [];
    hub.onDemand('open', (isWanted) => void told.push(isWanted));
    publish(0, 500);
    for (let times = 0; times < 20; times += 1) read();
    expect(told).toEqual([true]);
    stream.close();
    response.read();
    expect(told).toEqual([true, false]);
  });
});
