import type { Provider } from '../../outbound/index.ts';

/** Where the requests of a route go. Used by routes of one table after another, as long as they say the same of it. */
export class Target {
  #underWay = 0;
  #close: (() => void) | undefined;

  constructor(
    readonly provider: Provider,
    private readonly closeNow: () => void,
  ) {}

  /** Keeps it open until the matching `leave`. */
  enter(): void {
    this.#underWay += 1;
  }

  leave(): void {
    this.#underWay -= 1;
    if (this.#underWay === 0) this.#close?.();
  }

  /** No route leads here any more: it closes with the end of the last request that is under way. */
  retire(): void {
    this.#close = this.closeNow;
    if (this.#underWay === 0) this.#close();
  }
}
