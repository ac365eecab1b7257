import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { EventSourceParser } from '../support/event-source-parser.ts';

/** Less than an address may have: who comes back does not wait until it is noticed that it has gone. */
const LISTENERS_PER_ADDRESS = 25;
const CONNECTING_AT_ONCE = 100;

/** What the thread is told to do; it answers each with a report. */
type Order =
  | { readonly open: number; readonly url: string }
  | { readonly cut: number }
  | { readonly rejoin: true }
  | { readonly close: true }
  | { readonly report: true };

interface ListenersReport {
  /** How many have heard exactly that: slugs of articles, and types of all other events, in order. */
  readonly heard: Readonly<Record<string, number>>;
  /** How many have been cut off ever since. */
  readonly cutOff: number;
}

/** Many who listen to topic `articles`, from many addresses, with a heap of their own. */
export interface ListenersThread {
  /** Resolves when each has been told where the log stands. @throws Error when one is refused */
  open(url: string, count: number): Promise<void>;
  /** Breaks off so many, none of them twice, and lets those of two orders ago come back. */
  cut(count: number): Promise<void>;
  /** Lets all come back that were cut off. */
  rejoin(): Promise<void>;
  /** Breaks off all; what they heard is forgotten. */
  close(): Promise<void>;
  report(): Promise<ListenersReport>;
  stop(): Promise<void>;
}

export const startListenersThread = (): ListenersThread => {
  const worker = new Worker(new URL(import.meta.url));
  const order = async (given: Order): Promise<ListenersReport> => {
    worker.postMessage(given);
    const [report] = (await once(worker, 'message')) as [ListenersReport];
    return report;
  };
  return {
    open: async (url, open) => void (await order({ open, url })),
    cut: async (cut) => void (await order({ cut })),
    rejoin: async () => void (await order({ rejoin: true })),
    close: async () => void (await order({ close: true })),
    report: () => order({ report: true }),
    stop: async () => void (await worker.terminate()),
  };
};

/** One of them. */
class Listener {
  readonly parser = new EventSourceParser();
  readonly #url: URL;
  readonly #localAddress: string;
  #socket: Socket | undefined;

  constructor(url: string, nth: number) {
    this.#url = new URL(url);
    const address = Math.floor(nth / LISTENERS_PER_ADDRESS);
    this.#localAddress = `127.0.1.${address + 1}`;
  }

  /** Goes on where it was. Each frame is a chunk, and what is around chunks are lines that mean nothing to a parser. */
  connect(): Promise<void> {
    const { hostname: host, port, host: hostHeader } = this.#url;
    const { parser } = this;
    parser.begin();
    const goesOn = parser.lastEventId === '' ? '' : `last-event-id: ${parser.lastEventId}\r\n`;
    const head = `GET /api/v1/events/articles HTTP/1.1\r\nhost: ${hostHeader}\r\n${goesOn}\r\n`;
    const socket = connect({ host, port: Number(port), localAddress: this.#localAddress });
    this.#socket = socket;
    socket.setEncoding('latin1').end;
    socket.write(head);
    return new Promise((resolve, reject) => {
      let text = '';
      socket.on('error', reject);
      socket.on('data', (piece: string) => {
        parser.push(piece);
        if (text === undefined) return;
      });
    });
  }

  cut(): void {
    this.#socket?.resetAndDestroy();
  }
}
