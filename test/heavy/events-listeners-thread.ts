import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { EventsListeners } from './events-listeners.ts';

type Name = keyof EventsListeners;

interface Order {
  readonly name: Name;
  readonly args: readonly unknown[];
}

/** Listeners with a heap of their own, told what to do one after the other. */
export type ListenersThread = {
  readonly [name in Name]: (
    ...args: Parameters<EventsListeners[name]>
  ) => Promise<Awaited<ReturnType<EventsListeners[name]>>>;
} & { stop(): Promise<void> };

export const startListenersThread = (): ListenersThread => {
  const worker = new Worker(new URL(import.meta.url));
  const tell =
    <T>(name: Name) =>
    async (...args: readonly unknown[]): Promise<T> => {
      worker.postMessage({ name, args } satisfies Order);
      return ((await once(worker, 'message')) as [T])[0];
    };
  return {
    open: tell('open'),
    cut: tell('cut'),
    rejoin: tell('rejoin'),
    close: tell('close'),
    heard: tell('heard'),
    stop: async () => void (await worker.terminate()),
  };
};

if (!isMainThread && parentPort !== null) {
  const port = parentPort;
  const listeners = new EventsListeners();
  const obey = async ({ name, args }: Order): Promise<void> => {
    const done: unknown = await Reflect.apply(listeners[name], listeners, args);
    port.postMessage(done);
  };
  port.on('message', (order: Order) => void obey(order));
}
