import { outsideContext } from '../platform/context/request-context.ts';
import type { Log } from '../platform/logging/log.ts';
import { Demand } from './demand.ts';
import type { HubEvent, Listening, Topic } from './event-hub.ts';
import type { EventLog } from './event-log.ts';
import { runListener } from './run-listener.ts';

/** One of the times that somebody listens: the same listener may do so twice. */
interface Place {
  readonly listening: Listening;
}

/** A topic in this process: its log, and who listens. */
export class Channel {
  /** Told as belonging to no request: what it starts goes on when the one that listens first has gone. */
  readonly demand = new Demand((told) => runListener(this.log, this.topic.name, () => outsideContext(told)));
  readonly #places = new Set<Place>();
  readonly #untold: HubEvent[] = [];
  #isTelling = false;

  constructor(
    readonly topic: Topic,
    private events: EventLog,
    private readonly log: Log,
  ) {}

  /** The last id that all who listen have been told of, or past. */
  get end(): string {
    return this.events.end;
  }

  /** Whether what came after that event can be told. */
  knows(id: string): boolean {
    return this.events.after(id) !== undefined;
  }

  tell(event: HubEvent): void {
    this.#untold.push(event);
    this.inTurn(() => undefined);
  }

  /** What was missed is told at once. Returns what ends it. */
  join(listening: Listening): () => void {
    const place = { listening };
    this.inTurn(() => this.begin(place));
    return () => void this.#places.delete(place);
  }

  /** The log is another one: what those who listen have missed, nobody knows. */
  restart(events: EventLog): void {
    this.inTurn(() => {
      this.events = events;
      for (const { listening } of [...this.#places]) this.startAnew(listening);
    });
  }

  /** What is published by one who is being told something comes after it, for everybody. */
  private inTurn(work: () => void): void {
    if (this.#isTelling) return work();
    this.#isTelling = true;
    work();
    for (let next = this.#untold.shift(); next; next = this.#untold.shift()) this.tellAll(next);
    this.#isTelling = false;
  }

  private begin(place: Place): void {
    const { listening } = place;
    const missed = listening.after === undefined ? [] : this.events.after(listening.after);
    this.#places.add(place);
    if (missed === undefined) return this.startAnew(listening);
    for (const event of missed) this.tellOne(listening, event);
    this.tellEnd(listening);
  }

  private tellAll(event: HubEvent): void {
    this.events.append(event);
    for (const place of [...this.#places]) if (this.#places.has(place)) this.tellOne(place.listening, event);
  }

  private tellOne(listening: Listening, event: HubEvent): void {
    if (this.topic.isOwned && event.owner !== listening.owner) return;
    runListener(this.log, this.topic.name, () => listening.hear(event));
  }

  private startAnew(listening: Listening): void {
    runListener(this.log, this.topic.name, () => listening.reset());
    this.tellEnd(listening);
  }

  private tellEnd(listening: Listening): void {
    runListener(this.log, this.topic.name, () => listening.stand?.(this.events.end));
  }
}
