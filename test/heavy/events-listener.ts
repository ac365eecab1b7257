import { connect, type Socket } from 'node:net';
import { EventSourceParser } from '../support/event-source-parser.ts';

const ACCEPTED = 'HTTP/1.1 200 OK\r\n';

/** One who listens to topic `articles` over a bare socket, which costs its process little. */
export class EventsListener {
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
    return this.#parser.events.map(({ type, data }) => toWord(type, data));
  }

  /** Goes on where it was. Resolves when it is known where the log stands. @throws Error when it is refused */
  connect(): Promise<void> {
    const { hostname, port, host } = this.#url;
    const { lastEventId } = this.#parser;
    const place = lastEventId === '' ? '' : `last-event-id: ${lastEventId}\r\n`;
    const socket = connect({ host: hostname, port: Number(port), localAddress: this.#localAddress });
    this.#socket = socket;
    socket.setEncoding('utf8').write(`GET /api/v1/events/articles HTTP/1.1\r\nhost: ${host}\r\n${place}\r\n`);
    return this.listen(socket);
  }

  /** Breaks the connection off, whatever is on its way. */
  cut(): void {
    this.#socket?.resetAndDestroy();
  }

  /** Each frame is a chunk of its own, and what is around chunks are lines without a meaning for a parser. */
  private listen(socket: Socket): Promise<void> {
    this.#parser.begin();
    return new Promise((resolve, reject) => {
      // Who loses its connection later is found out by having heard too little.
      socket.on('error', reject);
      socket.once('data', (answer: string) => {
        if (!answer.startsWith(ACCEPTED)) reject(new Error(`A listener was refused: ${answer}`));
      });
      socket.on('data', (text: string) => {
        this.#parser.push(text);
        if (this.#parser.lastEventId !== '') resolve();
      });
    });
  }
}

const toWord = (type: string, data: string): string =>
  type === 'article.changed' ? String((JSON.parse(data) as { slug: unknown }).slug) : type;
