import type { HubEvent } from './event-hub.ts';

export const MAX_EVENTS = 1_000;
export const MAX_BYTES = 1_048_576;

/** The last of what happened on a topic: 1,000 events and 1 MiB of frames, whichever is less. */
export class EventLog {
  #events: HubEvent[] = [];
  #bytes = 0;

  /** @param start an id before all that is to come: everything after it is known */
  constructor(private start: string) {}

  /** The id of the last event, or where the log began. */
  get end(): string {
    return this.#events.at(-1)?.id ?? this.start;
  }

  append(event: HubEvent): void {
    this.#events.push(event);
    this.#bytes += event.frame.length;
    let surplus = 0;
    while (this.#events.length - surplus > MAX_EVENTS || this.#bytes > MAX_BYTES) {
      this.#bytes -= this.#events[surplus]!.frame.length;
      surplus += 1;
    }
    if (surplus === 0) return;
    this.start = this.#events[surplus - 1]!.id;
    this.#events = this.#events.slice(surplus);
  }

  /** All events after that one; undefined when it is none that is known, or others after it are not any more. */
  after(id: string): readonly HubEvent[] | undefined {
    // Who comes back was most often here a moment ago.
    const at = this.#events.findLastIndex((event) => event.id === id);
    if (at === -1) return id === this.start ? [...this.#events] : undefined;
    return this.#events.slice(at + 1);
  }
}
