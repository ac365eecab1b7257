import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Clock, type Cancel } from '../../platform/clock.ts';
import { outsideContext } from '../../platform/context/request-context.ts';
import type { ConsoleStream } from './console-stream.ts';
import { ProcessWatch } from './process-watch.ts';
import { Snapshots } from './snapshots.ts';

const EVERY_MS = 1_000;

/** Gives all who look at the console a snapshot a second, made once for all of them; none while nobody does. */
@Injectable()
export class SnapshotFeed implements OnModuleDestroy {
  readonly #streams = new Set<ConsoleStream>();
  #cancel: Cancel | undefined;
  #isEnding = false;

  constructor(
    private readonly snapshots: Snapshots,
    private readonly process: ProcessWatch,
    private readonly clock: Clock,
  ) {}

  /** Gives it a snapshot at once. Returns what is to be called when its connection is closed. */
  add(stream: ConsoleStream): () => void {
    this.#streams.add(stream);
    if (this.#isEnding) stream.end();
    else outsideContext(() => this.begin(stream));
    return () => {
      if (this.#streams.delete(stream) && this.#streams.size === 0) this.rest();
    };
  }

  /** The process stops: nobody is waited for. */
  onModuleDestroy(): void {
    this.#isEnding = true;
    for (const stream of this.#streams) stream.end();
    this.rest();
  }

  private begin(stream: ConsoleStream): void {
    if (this.#cancel === undefined) {
      this.process.start();
      this.schedule();
    }
    stream.give(this.makeFrame(), this.times());
  }

  private schedule(): void {
    this.#cancel = this.clock.schedule(() => {
      this.schedule();
      const [frame, times] = [this.makeFrame(), this.times()];
      for (const stream of this.#streams) stream.give(frame, times);
    }, EVERY_MS);
  }

  private rest(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.process.stop();
  }

  private times(): { readonly now: number; readonly wallTime: number } {
    return { now: this.clock.now(), wallTime: this.clock.wallTime() };
  }

  private makeFrame(): Buffer {
    const snapshot = this.snapshots.take(this.process.read());
    return Buffer.from(`event: snapshot\ndata: ${JSON.stringify(snapshot)}\n\n`);
  }
}
