import { RecentLatency } from './recent-latency.ts';

/** By the provider's `hedgeAfterMs` and `hedgeMaxShare`, unless the operation says otherwise. */
export interface HedgingOptions {
  /** In ms; 0: what is observed. */
  readonly afterMs: number;
  /** Extras at most, as a share of the attempts that were sent and waited for. */
  readonly maxShare: number;
}

/** Sooner nothing is late, in ms: so long a process may be busy with itself. */
const LEAST_AFTER_MS = 5;

/** Extras that may be saved up while none is needed. */
const MAX_SAVED = 10;

/** What is known of one operation that may be hedged, and what it may still spend. */
export class Hedging {
  readonly #options: HedgingOptions;
  readonly #latency = new RecentLatency();
  #saved = 0;

  constructor(options: HedgingOptions) {
    this.#options = options;
  }

  /** When an attempt is late, in ms since it was sent; undefined while too little is known. */
  get afterMs(): number | undefined {
    if (this.#options.afterMs > 0) return this.#options.afterMs;
    const { p98Ms } = this.#latency;
    return p98Ms === undefined ? undefined : Math.max(LEAST_AFTER_MS, p98Ms);
  }

  /** What an answer takes as a rule, in ms; 0 while too little is known. */
  get usualMs(): number {
    return this.#latency.medianMs ?? 0;
  }

  /** An attempt was sent that somebody waits for: it pays its share of an extra one. */
  earn(): void {
    this.#saved = Math.min(MAX_SAVED, this.#saved + this.#options.maxShare);
  }

  trySpend(): boolean {
    if (this.#saved < 1) return false;
    this.#saved -= 1;
    return true;
  }

  /** It was not sent after all. */
  giveBack(): void {
    this.#saved += 1;
  }

  /** How long an attempt's answer took to begin, or had been awaited for when it was given up, in ms. */
  noteAnswer(tookMs: number): void {
    this.#latency.add(tookMs);
  }
}
