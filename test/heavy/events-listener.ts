import { connect, type Socket } from 'node:net';
import { EventSourceParser } from '../support/event-source-parser.ts';

const ACCEPTED = 'HTTP/1.1 200 OK\r\n';

/** One who listens to topic `articles` over a bare socket, which costs its process little. */
export class EventsListener {
  /** Answers that were no streams: none is expected. */
  readonly #refusals: string[] = [];
  readonly #parser = new EventSourceParser();
  readonly #url: URL;
  readonly #localAddress: string;
  #socket: Socket | undefined;

  constructor(url: string, localAddress: string) {
    this.#url = new URL(url);
    this.#localAddress = localAddress;
  }

  /** Slugs of the articles that changed, and of all else the type. */
  get heard(): readonly string[] {
    return [...this.#refusals, ...this.#parser.events.map(({ type, data }) => toWord(type, data))];
  }

  /** Goes on where it was. Resolves when there is an answer, and it is known where the log stands. */
  async connect(): Promise<void> {
    const { hostname, port, host } = this.#url;
    const parser = this.#parser;
    parser.begin();
    const place = parser.lastEventId === '' ? '' : `last-event-id: ${parser.lastEventId}\r\n`;
    const socket = connect({ host: hostname, port: Number(port), localAddress: this.#localAddress });
    this.#socket = socket;
    socket.setEncoding('utf8').write(`GET /api/v1/events/articles HTTP/1.1\r\nhost: ${host}\r\n${place}\r\n`);
    await new Promise<void>((resolve) => {
      // Who is cut off says so by having heard too little.
      socket.on('error', () => undefined).once('close', resolve);
      socket.once('data', (answer: string) => {
        if (!answer.startsWith(ACCEPTED)) this.#refusals.push(answer.slice(0, answer.indexOf('\r\n')));
      });
      // Each frame is a chunk of its own, and what is around chunks are lines without a meaning for a parser.
      socket.on('data', (text: string) => {
        parser.push(text);
        if (parser.lastEventId !== '') resolve();
      });
    });
  }

  /** Breaks the connection off, whatever is on its way. */
  cut(): void {
    this.#socket?.resetAndDestroy();
  }
}

const toWord = (type: string, data: string): string =>
  type === 'article.changed' ? String((JSON.parse(data) as { slug: unknown }).slug) : type;
