import { Injectable, type OnModuleDestroy } from '@nestjs/common';
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
  #ticks = 0;
  #opened = 0;
  #count = 0;
  #isEnding = false;
  #cancel: Cancel | undefined;

  constructor(private readonly clock: Clock) {}

  get count(): number {
    return this.#count;
  }

  /** Returns what is to be called when its connection is closed. */
  add(stream: EventStream): () => void {
    const turn = this.#turns[(this.#opened += 1) % HEARTBEAT_TICKS]!;
    turn.add(stream);
    this.#count += 1;
    if (this.#cancel === undefined) this.schedule();
    // To a client that is refused it would be the end; so it comes back, to a process that goes on.
    if (this.#isEnding) stream.end();
    return () => {
      if (turn.delete(stream)) this.#count -= 1;
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
    if (this.#count > 0) this.schedule();
  }

  /** Belongs to no request, be it one that makes the timer necessary. */
  private schedule(): void {
    this.#cancel = outsideContext(() => this.clock.schedule(() => this.tick(), TICK_MS));
  }
}
