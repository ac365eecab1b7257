import { setTimeout as delay } from 'node:timers/promises';
import { createListeners } from '../../load/listeners.ts';
import { createPublisher } from './publisher.ts';

export interface Heard {
  /** From the request that publishes an event to the last byte of the event at each listener. */
  latenciesMs: number[];
  /** Deliveries that there should not have been, or that should have been. */
  wrong: number;
}

/** Those who listen to a server, and the one who has something to tell them. */
export interface Audience {
  /** Opens so many connections. */
  open: (count: number) => Promise<void>;
  /** Publishes so many events at intervals, and waits for the last of them. */
  tell: (events: number) => Promise<Heard>;
  /** Breaks all connections off. */
  close: () => Promise<void>;
  stop: () => Promise<void>;
}

const intervalMs = 200;
const patienceMs = 5_000;
const pollIntervalMs = 50;

export const createAudience = (origin: string): Audience => {
  const listeners = createListeners(origin);
  const publisher = createPublisher(origin);
  let published = 0;
  let size = 0;

  const collect = async (numbers: number[]): Promise<number[][]> => {
    const giveUpAtMs = performance.now() + patienceMs;
    for (;;) {
      const arrivals = await listeners.arrivals();
      const ofThese = numbers.map((number) => arrivals[number] ?? []);
      if (ofThese.every(({ length }) => length >= size) || performance.now() > giveUpAtMs) return ofThese;
      await delay(pollIntervalMs);
    }
  };

  const publishAll = async (events: number): Promise<Map<number, number>> => {
    const times = new Map<number, number>();
    for (let count = 0; count < events; count += 1) {
      const pause = delay(intervalMs);
      published += 1;
      times.set(published, await publisher.publish(published));
      await pause;
    }
    return times;
  };

  return {
    open: (count) => {
      size = count;
      return listeners.open(count);
    },
    tell: async (events) => {
      const times = await publishAll(events);
      const arrivals = await collect([...times.keys()]);
      const publishedAtMs = [...times.values()];
      return {
        latenciesMs: arrivals.flatMap((each, nth) => each.map((atMs) => atMs - (publishedAtMs[nth] ?? NaN))),
        wrong: arrivals.reduce((sum, { length }) => sum + Math.abs(length - size), 0),
      };
    },
    close: () => listeners.close(),
    stop: async () => {
      await publisher.close();
      await listeners.stop();
    },
  };
};
