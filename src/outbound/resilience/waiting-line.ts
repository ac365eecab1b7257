import type { CancelSignal } from '../../platform/cancellation.ts';
import type { Clock } from '../../platform/clock.ts';

type Admit = () => void;

/** A number of places, and a bounded first-come-first-served line for them. */
export class WaitingLine {
  #inside = 0;
  /** Insertion order is the order of service; leaving from the middle costs no search. */
  readonly #waiting = new Set<Admit>();

  constructor(private readonly options: { readonly maxConcurrent: number; readonly maxQueued: number }) {}

  get inside(): number {
    return this.#inside;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  get isFull(): boolean {
    return this.#waiting.size >= this.options.maxQueued;
  }

  /** Takes a place if one is free. Every place taken is given back by `leave`. */
  tryEnter(): boolean {
    if (this.#inside >= this.options.maxConcurrent) return false;
    this.#inside += 1;
    return true;
  }

  /** Waits for a place: true when taken, false after `timeoutMs`; rejects with the signal's reason when it aborts. */
  wait(timeoutMs: number, signal: CancelSignal, clock: Clock): Promise<boolean> {
    if (signal.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        cancel();
        this.#waiting.delete(admit);
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
      this.#waiting.add(admit);
    });
  }

  /** Gives the place to the first in line, or back. */
  leave(): void {
    const [first] = this.#waiting;
    if (first) first();
    else this.#inside -= 1;
  }
}
