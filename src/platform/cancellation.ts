/** What work that can be cancelled has to know: an AbortSignal is one. */
export interface CancelSignal {
  readonly aborted: boolean;
  /** Why, once it is. */
  readonly reason: Error;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** An AbortController and its signal in one, at a tenth of what they cost: there are two of them in every call. */
export class Cancellation implements CancelSignal {
  aborted = false;
  reason!: Error;
  #listeners: (() => void)[] = [];

  /** Only the first one counts. */
  abort(reason: Error): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    for (const listener of this.#listeners.splice(0)) listener();
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.push(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    const at = this.#listeners.indexOf(listener);
    if (at !== -1) this.#listeners.splice(at, 1);
  }
}
