import { EventsListener } from './events-listener.ts';

/** Fewer than an address may have: who comes back need not wait until it is noticed that it was gone. */
const LISTENERS_PER_ADDRESS = 25;
const CONNECTING_AT_ONCE = 100;

/** Many who listen, from many addresses of this machine. */
export class EventsListeners {
  #listeners: EventsListener[] = [];
  /** In random order. */
  #uncut: EventsListener[] = [];
  /** By the times that some were cut off. */
  #away: EventsListener[][] = [];

  /** Resolves when so many listen. */
  async open(url: string, count: number): Promise<void> {
    this.#listeners = Array.from({ length: count }, (_, nth) => new EventsListener(url, toAddress(nth)));
    this.#uncut = toShuffled(this.#listeners);
    const waiting = [...this.#listeners];
    const connectInTurn = async (): Promise<void> => {
      for (let next = waiting.pop(); next; next = waiting.pop()) await next.connect();
    };
    await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, connectInTurn));
  }

  /** Cuts so many off at random, none twice. Those cut off two times ago come back. */
  async cut(count: number): Promise<void> {
    const cut = this.#uncut.splice(0, count);
    cut.forEach((listener) => listener.cut());
    this.#away.push(cut);
    if (this.#away.length > 2) await connectAll(this.#away.shift()!);
  }

  /** All come back that are away. */
  async rejoin(): Promise<void> {
    await connectAll(this.#away.splice(0).flat());
  }

  /** Cuts all off. */
  close(): void {
    this.#listeners.forEach((listener) => listener.cut());
  }

  /** How many have heard what, as words in order. */
  heard(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { heard } of this.#listeners) counts[heard.join(' ')] = (counts[heard.join(' ')] ?? 0) + 1;
    return counts;
  }
}

/** Linux takes all of 127.0.0.0/8 for its own. */
const toAddress = (nth: number): string => `127.0.1.${Math.floor(nth / LISTENERS_PER_ADDRESS) + 1}`;

const connectAll = async (listeners: readonly EventsListener[]): Promise<void> => {
  await Promise.all(listeners.map((listener) => listener.connect()));
};

const toShuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item) => ({ item, rank: Math.random() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
