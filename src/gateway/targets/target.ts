import type { Provider } from '../../outbound/index.ts';

/** Where the requests of a route go. Used by routes of one table after another, as long as they say the same of it. */
export class Target {
  #underWay = 0;
  #close: (() => void) | undefined;

  constructor(
    readonly provider: Provider,
    private readonly closeNow: () => void,
    /** Of its servers at this moment; default: there are none beside that of its URL. */
    private readonly originsOfServers: () => readonly string[] = () => [],
  ) {}

  /** What it may call itself in absolute references. */
  origins(): readonly string[] {
    return [...this.provider.origins, ...this.originsOfServers()];
  }

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
