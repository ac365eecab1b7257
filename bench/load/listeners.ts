import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { within } from '../servers/within.ts';

/** When each event arrived at listeners, by its number; in ms by the system's monotonic clock. */
export type Arrivals = Record<number, number[]>;

export interface Order {
  open?: number;
  isClosing?: boolean;
}

/** Listeners of one server, in a thread of their own. */
export interface Listeners {
  /** @throws Error when one is refused */
  open: (count: number) => Promise<void>;
  /** All since they were opened. */
  arrivals: () => Promise<Arrivals>;
  /** Breaks all connections off. */
  close: () => Promise<void>;
  /** Ends the thread. */
  stop: () => Promise<void>;
}

const timeoutMs = 20_000;

export const createListeners = (origin: string): Listeners => {
  const worker = new Worker(join(import.meta.dirname, 'listeners-thread.ts'), { workerData: { origin } });
  const tell = async (order: Order): Promise<Arrivals> => {
    worker.postMessage(order);
    // Rejects when the thread fails.
    const [answer] = (await within(timeoutMs, `listening to ${origin}`, once(worker, 'message'))) as [Arrivals];
    return answer;
  };
  return {
    open: async (count) => void (await tell({ open: count })),
    arrivals: () => tell({}),
    close: async () => void (await tell({ isClosing: true })),
    stop: async () => void (await worker.terminate()),
  };
};
