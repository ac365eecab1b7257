import type { CancelSignal } from '../../platform/cancellation.ts';
import type { Clock } from '../../platform/clock.ts';
import { Pace } from './pace.ts';

type Admit = () => void;

interface WaitingLineOptions {
  readonly maxConcurrent: number;
  /** Of those for whom somebody waits, and as many again of the others. */
  readonly maxQueued: number;
  /** Places that what nobody waits for may have, as a share of all; one at least. */
  readonly backgroundShare: number;
}

/**
 * A number of places, and a bounded first-come-first-served line for them. What runs in the background has a share of
 * the places only, and a line of its own behind the other one.
 */
export class WaitingLine {
  #inside = 0;
  #inBackground = 0;
  readonly #maxInBackground: number;
  /** Insertion order is the order of service; leaving from the middle costs no search. */
  readonly #waiting = new Set<Admit>();
  readonly #waitingBehind = new Set<Admit>();
  /** Of those inside. */
  readonly pace = new Pace();

  constructor(private readonly options: WaitingLineOptions) {
    this.#maxInBackground = Math.max(1, Math.floor(options.maxConcurrent * options.backgroundShare));
  }

  get inside(): number {
    return this.#inside;
  }

  get waiting(): number {
    return this.#waiting.size + this.#waitingBehind.size;
  }

  /** Whether somebody who came now would be let in at once. */
  get hasPlace(): boolean {
    return this.#inside < this.options.maxConcurrent;
  }

  isFull(isBackground = false): boolean {
    return this.lineFor(isBackground).size >= this.options.maxQueued;
  }

  /** How long somebody who joined the line now would probably wait, in ms; 0 where that cannot be told. */
  turnMs(now: number, isBackground = false): number {
    return isBackground ? 0 : this.pace.turnMs(this.#waiting.size + 1, this.options.maxConcurrent, now);
  }

  /** Takes a place if one is free. Every place taken is given back by `leave`. */
  tryEnter(isBackground = false): boolean {
    if (this.#inside >= this.options.maxConcurrent) return false;
    if (isBackground) {
      if (this.#inBackground >= this.#maxInBackground) return false;
      this.#inBackground += 1;
    }
    this.#inside += 1;
    return true;
  }

  /** Waits for a place: true when taken, false after `timeoutMs`; rejects with the signal's reason when it aborts. */
  wait(timeoutMs: number, signal: CancelSignal, clock: Clock, isBackground = false): Promise<boolean> {
    if (signal.aborted) return Promise.reject(signal.reason);
    const line = this.lineFor(isBackground);
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        cancel();
        line.delete(admit);
        signal.removeEventListener('abort', onAbort);
      };
      const admit = (): void => {
        stop();
        resolve(true);
      };
      const onAbort = (): void => {
        stop();
        reject(signal.reason);
      };
      const cancel = clock.schedule(() => {
        stop();
        resolve(false);
      }, timeoutMs);
      signal.addEventListener('abort', onAbort);
      line.add(admit);
    });
  }

  /** Gives the place to the first in line, or back. `isBackground` as it was when it was taken. */
  leave(isBackground = false): void {
    this.#inside -= 1;
    if (isBackground) this.#inBackground -= 1;
    if (this.#waiting.size > 0) this.admitFirst(this.#waiting);
    else if (this.#waitingBehind.size > 0 && this.#inBackground < this.#maxInBackground) {
      this.#inBackground += 1;
      this.admitFirst(this.#waitingBehind);
    }
  }

  private admitFirst(line: Set<Admit>): void {
    const [first] = line;
    this.#inside += 1;
    first!();
  }

  private lineFor(isBackground: boolean): Set<Admit> {
    return isBackground ? this.#waitingBehind : this.#waiting;
  }
}
