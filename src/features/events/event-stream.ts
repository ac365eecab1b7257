import type { ServerResponse } from 'node:http';
import type { Clock } from '../../platform/clock.ts';
import type { EventHub, HubEvent, Listening } from '../../realtime/event-hub.ts';
import { DROPPED, EXPIRED, HEARTBEAT, RESET, toPlace } from './frames.ts';

/** What may wait for a reader, beside one event; what is beyond that waits in the log of the topic. */
const MAX_WAITING_BYTES = 65_536;

/** Who takes nothing of what waits for so long is dropped. */
const PATIENCE_MS = 5_000;

/** How long the other end may take to hear the last words. */
const GOODBYE_MS = 2_000;

export interface StreamParts {
  readonly hub: EventHub;
  readonly clock: Clock;
  readonly response: ServerResponse;
  readonly topic: string;
  readonly after: string | undefined;
  readonly owner: string | undefined;
  /** By the wall clock in ms; `Infinity` for who needs no credential. */
  readonly expiresAt: number;
  readonly onDropped: () => void;
}

/** One who listens, over a connection. Its head has been sent. */
export class EventStream implements Listening {
  /** The last one that was written, or where the log stood. */
  after: string | undefined;
  readonly owner?: string;
  #stop: (() => void) | undefined;
  /** Since when there is more than may wait, and nothing is written. */
  #fullSince: number | undefined;
  #cutAt = Infinity;

  constructor(private readonly parts: StreamParts) {
    this.after = parts.after;
    if (parts.owner !== undefined) this.owner = parts.owner;
  }

  get topic(): string {
    return this.parts.topic;
  }

  /** Begins to listen, or goes on after what was written last. */
  listen(): void {
    const stop = this.#stop;
    this.#stop = this.parts.hub.listen(this.parts.topic, this);
    // Only now, so that nobody thinks that the last one has gone.
    stop?.();
    if (this.isEnding) this.#stop();
  }

  hear({ id, frame }: HubEvent): void {
    if (this.isSilent) return;
    this.after = id;
    this.write(frame);
  }

  reset(): void {
    if (!this.isSilent) this.write(RESET);
  }

  stand(id: string): void {
    if (this.isSilent) return;
    this.after = id;
    this.write(toPlace(id));
  }

  /** To be called every second. @param isBeat whether it is time for a sign of life */
  tick(isBeat: boolean): void {
    const { clock, expiresAt, response } = this.parts;
    const now = clock.now();
    if (now >= this.#cutAt) response.destroy();
    else if (this.isEnding) return;
    else if (clock.wallTime() >= expiresAt) this.end(EXPIRED);
    else if (this.#fullSince !== undefined && now - this.#fullSince >= PATIENCE_MS) this.drop();
    else if (isBeat && this.#fullSince === undefined) this.write(HEARTBEAT);
  }

  /** @param lastWords heard if the other end takes them soon */
  end(lastWords?: Buffer): void {
    if (this.isEnding) return;
    this.#cutAt = this.parts.clock.now() + GOODBYE_MS;
    this.#stop?.();
    this.parts.response.end(lastWords);
  }

  /** The connection is closed. */
  close(): void {
    this.#cutAt = -Infinity;
    this.#stop?.();
  }

  private get isEnding(): boolean {
    return this.#cutAt !== Infinity;
  }

  private get isSilent(): boolean {
    return this.isEnding || this.#fullSince !== undefined;
  }

  private write(frame: Buffer | string): void {
    const { response, clock } = this.parts;
    response.write(frame);
    if (response.writableLength <= MAX_WAITING_BYTES || !response.writableNeedDrain) return;
    this.#fullSince = clock.now();
    response.once('drain', () => this.catchUp());
  }

  /** All that waited has been taken: what was left out since is in the log, or there is a reset. */
  private catchUp(): void {
    if (this.isEnding) return;
    this.#fullSince = undefined;
    this.listen();
  }

  private drop(): void {
    this.parts.onDropped();
    this.end(DROPPED);
  }
}
