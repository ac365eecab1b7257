import type { Cancel, Clock } from '../platform/clock.ts';
import type { Channel } from './channel.ts';
import type { Listening } from './event-hub.ts';
import { isLater } from './stream-entries.ts';

/** Instances read the same within milliseconds: what is not known by then is known to nobody. */
const PATIENCE_MS = 2_000;

interface Arrival {
  readonly channel: Channel;
  readonly listening: Listening;
  isPatient: boolean;
  enter(): void;
}

/** Those who listen to what this instance has not read yet: another one may have been ahead of it. */
export class Arrivals {
  readonly #waiting = new Set<Arrival>();

  /** @param follows whether it is known where the stream of a topic stands */
  constructor(
    private readonly clock: Clock,
    private readonly follows: (channel: Channel) => boolean,
  ) {}

  /** Joins as soon as that can be done right. Returns what ends it. */
  enter(channel: Channel, listening: Listening): () => void {
    let leave: (() => void) | undefined;
    let cancel: Cancel = () => undefined;
    const enter = (): void => {
      this.#waiting.delete(arrival);
      cancel();
      leave = channel.join(listening);
    };
    const arrival: Arrival = { channel, listening, isPatient: true, enter };
    this.#waiting.add(arrival);
    this.admit(arrival);
    if (leave === undefined) cancel = this.clock.schedule(() => this.hurry(arrival), PATIENCE_MS);
    return () => {
      this.#waiting.delete(arrival);
      cancel();
      leave?.();
    };
  }

  /** Something has been read. */
  admitAll(): void {
    for (const arrival of [...this.#waiting]) this.admit(arrival);
  }

  private hurry(arrival: Arrival): void {
    arrival.isPatient = false;
    this.admit(arrival);
  }

  private admit(arrival: Arrival): void {
    const { channel, listening, isPatient } = arrival;
    if (!this.#waiting.has(arrival) || !this.follows(channel)) return;
    const { after } = listening;
    const isAhead = after !== undefined && !channel.knows(after) && isLater(after, channel.end);
    if (!isAhead || !isPatient) arrival.enter();
  }
}
