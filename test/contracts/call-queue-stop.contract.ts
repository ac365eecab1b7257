import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Attempted } from '../../src/jobs/call-queue.ts';
import type { CancelSignal } from '../../src/platform/cancellation.ts';
import type { OpenedQueue, QueuePlace } from './call-queue-under-test.ts';
import { createWorker, OVER, type TestWorker } from './call-queue-worker.ts';

const NEVER = new Promise<never>(() => undefined);
/** Less than what failed waits, and far less than the lock of a worker that died. */
const SOON_MS = 4_500;

const untilAborted = (signal: CancelSignal): Promise<Attempted> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(OVER)));

/** What is promised of a worker that is told to stop, by queues that outlive their process. Calls `place` before each test. */
export const itGivesBackAtStop = (place: () => QueuePlace): void => {
  let first: OpenedQueue;
  let second: OpenedQueue;
  beforeEach(async () => {
    first = await place().open();
    second = await place().open();
  });
  afterEach(() => place().clear());

  const begin = async (worker: TestWorker): Promise<void> => {
    await first.queue.work(worker.handler);
    await first.queue.add('a', 0);
    await worker.hasBrought('a');
  };

  describe('a worker that stops', () => {
    it('takes nothing new', async () => {
      const [worker, other] = [createWorker(), createWorker()];
      await begin(worker);
      const stopped = first.stop();
      await second.queue.add('b', 0);
      await stopped;
      await second.queue.work(other.handler);
      await other.hasBrought('b');
      await worker.hasBrought('a');
    });

    it('lets what runs finish', async () => {
      const running = Promise.withResolvers<Attempted>();
      const worker = createWorker(() => running.promise);
      await begin(worker);
      const stopped = first.stop();
      expect(worker.brought[0]!.stopping.aborted).toBe(false);
      running.resolve(OVER);
      await stopped;
      expect([await second.queue.has('a'), worker.brought[0]!.stopping.aborted]).toEqual([false, false]);
    });

    it('tells what runs too long, and keeps what that says', async () => {
      const worker = createWorker(() => untilAborted(worker.brought[0]!.stopping));
      await begin(worker);
      await first.stop();
      expect(await second.queue.has('a')).toBe(false);
    });

    it('gives back what does not listen, and another worker has it at once', async () => {
      await begin(createWorker(() => NEVER));
      await first.stop();
      const [other, stoppedAt] = [createWorker(), performance.now()];
      await second.queue.work(other.handler);
      await other.hasBrought('a');
      expect(other.brought[0]!.at - stoppedAt).toBeLessThan(SOON_MS);
    });

    it('answers nothing any more', async () => {
      await first.stop();
      await expect(first.queue.add('a', 0)).rejects.toThrow('cannot be reached');
      await expect(first.queue.has('a')).rejects.toThrow('cannot be reached');
    });
  });

  it('brings what one process adds to another that works', async () => {
    const worker = createWorker();
    await second.queue.work(worker.handler);
    await first.queue.add('a', 0);
    await worker.hasBrought('a');
  });
};
