import { describe } from '@jest/globals';
import type { QueuePlace } from '../contracts/call-queue-under-test.ts';
import { itIsACallQueue } from '../contracts/call-queue.contract.ts';
import { SystemClock } from '../../src/platform/clock.ts';
import { MemoryQueue } from './memory-queue.ts';

describe('the queue in memory', () => {
  const opened = new Set<MemoryQueue>();
  const place: QueuePlace = {
    open: () => {
      const queue = new MemoryQueue(new SystemClock());
      opened.add(queue);
      return Promise.resolve({ queue, stop: () => queue.onModuleDestroy() });
    },
    clear: async () => {
      for (const queue of opened) {
        queue.forgetAll();
        await queue.onModuleDestroy();
      }
      opened.clear();
    },
  };
  itIsACallQueue(() => place);
});
