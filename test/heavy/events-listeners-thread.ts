import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { EventsListener } from './events-listener.ts';

/** Fewer than an address may have: who comes back need not wait until it is noticed that it was gone. */
const LISTENERS_PER_ADDRESS = 25;
const CONNECTING_AT_ONCE = 100;

/** How many have heard what, as words in order. */
type Heard = Readonly<Record<string, number>>;

/** Many who listen, from many addresses of this machine, with a heap and a processor of their own. */
export interface ListenersThread {
  /** Resolves when so many more listen. */
  open(url: string, count: number): Promise<void>;
  /** Breaks off so many at random, none twice; those broken off by the order before the last one come back. */
  cut(count: number): Promise<void>;
  /** All come back that are away. */
  rejoin(): Promise<void>;
  /** Breaks off all, and forgets what they heard. */
  close(): Promise<void>;
  heard(): Promise<Heard>;
  stop(): Promise<void>;
}

type Order = { readonly [name in keyof Orders]?: Parameters<Orders[name]> };

/** What the thread does. */
class Orders {
  #listeners: EventsListener[] = [];
  /** In random order. */
  #uncut: EventsListener[] = [];
  #away: EventsListener[][] = [];

  async open(url: string, count: number): Promise<void> {
    const opened = Array.from({ length: count }, (_, nth) => new EventsListener(url, toAddress(nth)));
    const waiting = [...opened];
    const connectInTurn = async (): Promise<void> => {
      for (let next = waiting.pop(); next; next = waiting.pop()) await next.connect();
    };
    await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, connectInTurn));
    this.#listeners.push(...opened);
    this.#uncut = toShuffled(this.#listeners);
  }

  async cut(count: number): Promise<void> {
    const cut = this.#uncut.splice(0, count);
    cut.forEach((listener) => listener.cut());
    this.#away.push(cut);
    const back = this.#away.length > 2 ? this.#away.shift()! : [];
    await Promise.all(back.map((listener) => listener.connect()));
  }

  async rejoin(): Promise<void> {
    const back = this.#away.splice(0).flat();
    await Promise.all(back.map((listener) => listener.connect()));
  }

  close(): void {
    this.#listeners.forEach((listener) => listener.cut());
    [this.#listeners, this.#uncut, this.#away] = [[], [], []];
  }

  heard(): Heard {
    const counts: Record<string, number> = {};
    for (const { heard } of this.#listeners) counts[heard.join(' ')] = (counts[heard.join(' ')] ?? 0) + 1;
    return counts;
  }
}

/** Linux takes all of 127.0.0.0/8 for its own. */
const toAddress = (nth: number): string => `127.0.1.${Math.floor(nth / LISTENERS_PER_ADDRESS) + 1}`;

const toShuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item) => ({ item, rank: Math.random() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);

/** Orders are given one after the other. */
export const startListenersThread = (): ListenersThread => {
  const worker = new Worker(new URL(import.meta.url));
  const give = async (order: Order): Promise<unknown> => {
    worker.postMessage(order);
    return ((await once(worker, 'message')) as [unknown])[0];
  };
  return {
    open: async (...open) => void (await give({ open })),
    cut: async (...cut) => void (await give({ cut })),
    rejoin: async () => void (await give({ rejoin: [] })),
    close: async () => void (await give({ close: [] })),
    heard: async () => (await give({ heard: [] })) as Heard,
    stop: async () => void (await worker.terminate()),
  };
};

if (!isMainThread && parentPort !== null) {
  const port = parentPort;
  const orders = new Orders();
  const obey = async ({ open, cut, rejoin, close, heard }: Order): Promise<unknown> => {
    if (open) return orders.open(...open);
    if (cut) return orders.cut(...cut);
    if (rejoin) return orders.rejoin();
    if (close) return orders.close();
    return heard && orders.heard();
  };
  port.on('message', (order: Order) => void obey(order).then((result) => port.postMessage(result)));
}
