import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { StreamCount } from '../../inbound/streaming/stream-count.ts';
import { Clock, type Cancel } from '../../platform/clock.ts';
import { outsideContext } from '../../platform/context/request-context.ts';
import type { EventStream } from './event-stream.ts';

const TICK_MS = 1_000;

/** Proxies commonly give up a connection that is silent for 30 to 60 s. */
const HEARTBEAT_TICKS = 15;

/** All streams there are, and one timer for them. */
@Injectable()
export class OpenStreams implements OnModuleDestroy {
  /** By the tick at which it is their turn for a heartbeat, so that it is not everybody's at once. */
  readonly #turns = Array.from({ length: HEARTBEAT_TICKS }, () => new Set<EventStream>());
  /** As many as there are topics. */
  readonly #dropped = new Map<string, number>();
  #ticks = 0;
  #opened = 0;
  #isEnding = false;
  #cancel: Cancel | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly streams: StreamCount,
  ) {}

  get count(): number {
    return this.streams.open;
  }

  /** Topics that somebody listens to, and how many do. */
  countByTopic(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const turn of this.#turns) for (const { topic } of turn) counts.set(topic, (counts.get(topic) ?? 0) + 1);
    return counts;
  }

  /** How many were ended because nobody took what waited, since the process began. */
  get droppedByTopic(): ReadonlyMap<string, number> {
    return this.#dropped;
  }

  noteDropped(topic: string): void {
    this.#dropped.set(topic, (this.#dropped.get(topic) ?? 0) + 1);
  }

  /** Returns what is to be called when its connection is closed. */
  add(stream: EventStream): () => void {
    const turn = this.#turns[(this.#opened += 1) % HEARTBEAT_TICKS]!;
    turn.add(stream);
    const leave = this.streams.add();
    if (this.#cancel === undefined) this.schedule();
    // To a client that is refused it would be the end; so it comes back, to a process that goes on.
    if (this.#isEnding) stream.end();
    return () => {
      turn.delete(stream);
      leave();
      stream.close();
    };
  }

  /** The process stops: nobody is waited for. */
  onModuleDestroy(): void {
    this.#isEnding = true;
    for (const turn of this.#turns) for (const stream of turn) stream.end();
  }

  private tick(): void {
    this.#ticks += 1;
    const beating = this.#turns[this.#ticks % HEARTBEAT_TICKS];
    for (const turn of this.#turns) for (const stream of turn) stream.tick(turn === beating);
    this.#cancel = undefined;
    if (this.count > 0) this.schedule();
  }

  /** Belongs to no request, be it one that makes the timer necessary. */
  private schedule(): void {
    this.#cancel = outsideContext(() => this.clock.schedule(() => this.tick(), TICK_MS));
  }
}
