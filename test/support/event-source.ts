import { once } from 'node:events';
import { request, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { EventSourceParser, type ReceivedEvent } from './event-source-parser.ts';

interface EventSourceOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Where to go on at the first connection. */
  readonly lastEventId?: string;
}

/**
 * One who listens to Server-Sent Events, on a connection of its own. It connects when told so, and never by itself;
 * what it has received stays over all its connections.
 */
export class TestEventSource {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly parser: EventSourceParser;
  #request: ClientRequest | undefined;
  #response: IncomingMessage | undefined;
  #closed: Promise<unknown> = Promise.resolve();

  constructor(url: string, { headers = {}, lastEventId = '' }: EventSourceOptions = {}) {
    this.url = url;
    this.headers = headers;
    this.parser = new EventSourceParser(lastEventId);
  }

  get events(): readonly ReceivedEvent[] {
    return this.parser.events;
  }

  /** Of the last answer. */
  get status(): number | undefined {
    return this.#response?.statusCode;
  }

  get answerHeaders(): IncomingHttpHeaders {
    return this.#response?.headers ?? {};
  }

  /** The data of all events of that type, or of any, as JSON says. */
  dataOf(type?: string): unknown[] {
    const some = this.events.filter((event) => type === undefined || event.type === type);
    return some.map(({ data }) => JSON.parse(data) as unknown);
  }

  /** Connects, and goes on where it was. Resolves when there is the head of an answer. */
  async connect(): Promise<this> {
    this.parser.begin();
    const { lastEventId } = this.parser;
    const own = lastEventId === '' ? {} : { 'last-event-id': lastEventId };
    this.#request = request(this.url, {
      agent: false,
      headers: { accept: 'text/event-stream', ...own, ...this.headers },
    });
    // Whoever breaks it off knows that; whoever waits for the end is told by `closed`.
    this.#request.on('error', () => undefined);
    this.#closed = new Promise((resolve) => this.#request!.once('close', resolve));
    this.#request.end();
    const [response] = (await once(this.#request, 'response')) as [IncomingMessage];
    this.#response = response;
    response.on('error', () => undefined);
    response.setEncoding('utf8').on('data', (text: string) => this.parser.push(text));
    return this;
  }

  /** Resolves when the connection is closed, by whomever. */
  async closed(): Promise<void> {
    await this.#closed;
  }

  /** Breaks the connection off. */
  async drop(): Promise<void> {
    this.#request?.destroy();
    await this.#closed;
  }

  /** Reads nothing from now on. */
  stall(): void {
    this.#response?.pause();
  }

  goOn(): void {
    this.#response?.resume();
  }
}

/** Connects at once. */
export const openEvents = (url: string, options?: EventSourceOptions): Promise<TestEventSource> =>
  new TestEventSource(url, options).connect();
