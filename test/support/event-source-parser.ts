/** What a browser would hand to its page. */
export interface ReceivedEvent {
  readonly type: string;
  readonly data: string;
  readonly id: string;
}

/** Reads an event stream as it comes (HTML §9.2.6). */
export class EventSourceParser {
  readonly events: ReceivedEvent[] = [];
  readonly comments: string[] = [];
  retryMs: number | undefined;
  /** What is to be sent as Last-Event-ID. */
  lastEventId: string;
  #rest = '';
  #type = '';
  #id: string;
  #data: string[] = [];

  constructor(lastEventId = '') {
    this.lastEventId = lastEventId;
    this.#id = lastEventId;
  }

  /** Another connection: what the last one did not finish is none of it. */
  begin(): void {
    this.#rest = '';
    this.#type = '';
    this.#data = [];
    this.#id = this.lastEventId;
  }

  push(text: string): void {
    const whole = this.#rest + text;
    // A CR at the end may be half of a line's end.
    const lines = whole.split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop()!;
    for (const line of lines) this.take(line);
  }

  private take(line: string): void {
    if (line === '') return this.dispatch();
    const at = line.indexOf(':');
    if (at === 0) return void this.comments.push(line.slice(1).replace(/^ /, ''));
    const field = at === -1 ? line : line.slice(0, at);
    const value = at === -1 ? '' : line.slice(at + 1).replace(/^ /, '');
    if (field === 'event') this.#type = value;
    else if (field === 'data') this.#data.push(value);
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) this.retryMs = Number(value);
  }

  private dispatch(): void {
    this.lastEventId = this.#id;
    if (this.#data.length > 0)
      this.events.push({ type: this.#type || 'message', data: this.#data.join('\n'), id: this.lastEventId });
    this.#type = '';
    this.#data = [];
  }
}
