/** What a retry is paid from. */
export interface RetryBudgetOptions {
  readonly retryBudgetTokens: number;
  readonly retryCost: number;
  readonly throttledRetryCost: number;
  readonly maxRetryRatio: number;
}

/** Retries under way that are allowed however few calls there are. */
const ALWAYS_ALLOWED = 3;

/** A retry that was paid for. */
export interface RetryPermit {
  /** Call once, when the retry has ended. A retry that succeeded gets its tokens back. */
  release(hasSucceeded: boolean): void;
}

/**
 * Keeps retries from multiplying the load of an upstream that is already in trouble:
 * a bucket of tokens that only successes refill, and a cap on retries under way.
 */
export class RetryBudget {
  #tokens: number;
  #callsInFlight = 0;
  #retriesInFlight = 0;

  constructor(private readonly options: RetryBudgetOptions) {
    this.#tokens = options.retryBudgetTokens;
  }

  get tokens(): number {
    return this.#tokens;
  }

  callStarted(): void {
    this.#callsInFlight += 1;
  }

  /** A call that succeeded without any retry earns one token. */
  callEnded(hasSucceededAtOnce: boolean): void {
    this.#callsInFlight -= 1;
    if (hasSucceededAtOnce) this.refund(1);
  }

  /** Pays for one retry; undefined when there is not enough left, or too many are under way. */
  tryAcquire(isThrottled: boolean): RetryPermit | undefined {
    const cost = isThrottled ? this.options.throttledRetryCost : this.options.retryCost;
    const allowed = Math.max(ALWAYS_ALLOWED, Math.floor(this.options.maxRetryRatio * this.#callsInFlight));
    if (this.#tokens < cost || this.#retriesInFlight >= allowed) return undefined;
    this.#tokens -= cost;
    this.#retriesInFlight += 1;
    return { release: (hasSucceeded) => this.release(hasSucceeded ? cost : 0) };
  }

  private release(refunded: number): void {
    this.#retriesInFlight -= 1;
    this.refund(refunded);
  }

  private refund(tokens: number): void {
    this.#tokens = Math.min(this.options.retryBudgetTokens, this.#tokens + tokens);
  }
}
