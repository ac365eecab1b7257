import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Attempted, CallQueue } from '../../src/jobs/call-queue.ts';
import { eventually } from '../support/eventually.ts';
import type { QueuePlace } from './call-queue-under-test.ts';
import { createWorker, passThrough } from './call-queue-worker.ts';

const LATER_MS = 60_000;
/** Timers of two clocks may disagree by so much. */
const TOLERANCE_MS = 20;

/** What every queue of background calls promises. Calls `place` before each test. */
export const itIsACallQueue = (place: () => QueuePlace): void => {
  let queue: CallQueue;
  beforeEach(async () => ({ queue } = await place().open()));
  afterEach(() => place().clear());

  const isGone = (callId: string): Promise<void> => eventually(async () => expect(await queue.has(callId)).toBe(false));

  describe('an id', () => {
    it('is brought at once, and then forgotten', async () => {
      const worker = createWorker();
      await queue.work(worker.handler);
      await queue.add('a', 0);
      await worker.hasBrought('a');
      await isGone('a');
    });

    it('is brought to a worker that comes later', async () => {
      const worker = createWorker();
      await queue.add('a', 0);
      await queue.add('b', 0);
      await queue.work(worker.handler);
      await worker.hasBrought('a', 'b');
    });

    it('is brought when it is due, and not before', async () => {
      const worker = createWorker();
      await queue.work(worker.handler);
      const addedAt = performance.now();
      await queue.add('late', 700);
      await queue.add('early', 0);
      await worker.hasBrought('late', 'early');
      expect(worker.brought.map(({ callId }) => callId)).toEqual(['early', 'late']);
      expect(worker.brought[1]!.at - addedAt).toBeGreaterThan(700 - TOLERANCE_MS);
    });

    it('is brought once, however often it is added', async () => {
      const worker = createWorker();
      for (const delayMs of [0, 0, LATER_MS]) await queue.add('a', delayMs);
      await queue.work(worker.handler);
      await passThrough(queue, worker, 'b');
      await worker.hasBrought('a', 'b');
    });

    it('stays where it is when it is added while a worker has it', async () => {
      const running = Promise.withResolvers<Attempted>();
      const worker = createWorker(() => running.promise);
      await queue.work(worker.handler);
      await queue.add('a', 0);
      await worker.hasBrought('a');
      await queue.add('a', 0);
      running.resolve({ isOver: true });
      await isGone('a');
      await worker.hasBrought('a');
    });

    it('may come again when it is over', async () => {
      const worker = createWorker();
      await queue.work(worker.handler);
      await queue.add('a', 0);
      await worker.hasBrought('a');
      await isGone('a');
      await queue.add('a', 0);
      await worker.hasBrought('a', 'a');
    });

    it('is one of many, each brought once', async () => {
      const worker = createWorker();
      await queue.work(worker.handler);
      const callIds = Array.from({ length: 100 }, (_, at) => `call-${at}`);
      await Promise.all(callIds.map((callId) => queue.add(callId, 0)));
      await worker.hasBrought(...callIds);
    });
  });

  describe('an attempt', () => {
    it('that is not over is followed by another, when that is due', async () => {
      const again = (): Attempted => ({ isOver: false, againInMs: 400 });
      const worker = createWorker(again, again);
      await queue.work(worker.handler);
      await queue.add('a', 0);
      await worker.hasBrought('a', 'a', 'a');
      const [first, second, third] = worker.brought.map(({ at }) => at);
      expect(second! - first!).toBeGreaterThan(400 - TOLERANCE_MS);
      expect(third! - second!).toBeGreaterThan(400 - TOLERANCE_MS);
      await isGone('a');
    });

    it('that could not be kept is made again, and the others go on', async () => {
      const worker = createWorker(() => Promise.reject(new Error('The store is gone')));
      await queue.work(worker.handler);
      await queue.add('a', 0);
      await worker.hasBrought('a');
      await passThrough(queue, worker, 'b');
      expect(await queue.has('a')).toBe(true);
      await worker.hasBrought('a', 'b', 'a');
      await isGone('a');
    });
  });

  describe('what is in the queue', () => {
    it('is known: waiting, delayed, or with a worker', async () => {
      const running = Promise.withResolvers<Attempted>();
      await queue.add('due', 0);
      await queue.add('later', LATER_MS);
      expect([await queue.has('due'), await queue.has('later'), await queue.has('other')]).toEqual([true, true, false]);
      const worker = createWorker(() => running.promise);
      await queue.work(worker.handler);
      await worker.hasBrought('due');
      expect(await queue.has('due')).toBe(true);
      running.resolve({ isOver: true });
    });

    it('can be taken out, and is not brought then', async () => {
      await queue.add('due', 0);
      await queue.add('later', 50);
      const removed = [await queue.remove('due'), await queue.remove('later'), await queue.remove('other')];
      expect(removed).toEqual([true, true, false]);
      expect([await queue.has('due'), await queue.has('later')]).toEqual([false, false]);
      const worker = createWorker();
      await queue.work(worker.handler);
      await queue.add('last', 100);
      await worker.hasBrought('last');
    });

    it('cannot be taken from a worker', async () => {
      const running = Promise.withResolvers<Attempted>();
      const worker = createWorker(() => running.promise);
      await queue.work(worker.handler);
      await queue.add('a', 0);
      await worker.hasBrought('a');
      expect([await queue.remove('a'), await queue.has('a')]).toEqual([false, true]);
      running.resolve({ isOver: true });
      await isGone('a');
    });
  });

  it('tells workers of cancellations', async () => {
    const heard: string[] = [];
    queue.onCancel((callId) => void heard.push(callId));
    await queue.work(createWorker().handler);
    await eventually(async () => {
      await queue.announceCancel('a');
      expect(heard).toContain('a');
    });
  });
};
