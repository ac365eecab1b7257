/** What a retry is paid from. */
export interface RetryBudgetOptions {
  readonly retryBudgetTokens: number;
  readonly retryCost: number;
  readonly throttledRetryCost: number;
  readonly maxRetryRatio: number;
}

/** Retries under way that are allowed however few calls there are. */
const ALWAYS_ALLOWED = 3;

/** Share of the tokens that is for retries alone. */
const RETRIES_OWN = 0.5;

/** A retry, or a second attempt beside a late one, that was paid for. */
export interface RetryPermit {
  /** Call once, when it has ended. One that succeeded gets its tokens back. */
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
  #besideInFlight = 0;

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
    if (this.#tokens < cost || this.#retriesInFlight >= this.allowed) return undefined;
    this.#retriesInFlight += 1;
    return this.charge(cost, () => (this.#retriesInFlight -= 1));
  }

  /**
   * Pays for one second attempt beside a late one, which costs what a retry costs; undefined when that would leave less
   * than half of the tokens, or as many are under way as retries may be. It takes no place of a retry.
   */
  tryAcquireBeside(): RetryPermit | undefined {
    const { retryCost, retryBudgetTokens } = this.options;
    if (this.#tokens - retryCost < RETRIES_OWN * retryBudgetTokens || this.#besideInFlight >= this.allowed)
      return undefined;
    this.#besideInFlight += 1;
    return this.charge(retryCost, () => (this.#besideInFlight -= 1));
  }

  private get allowed(): number {
    return Math.max(ALWAYS_ALLOWED, Math.floor(this.options.maxRetryRatio * this.#callsInFlight));
  }

  private charge(cost: number, freePlace: () => void): RetryPermit {
    this.#tokens -= cost;
    return {
      release: (hasSucceeded) => {
        freePlace();
        if (hasSucceeded) this.refund(cost);
      },
    };
  }

  private refund(tokens: number): void {
    this.#tokens = Math.min(this.options.retryBudgetTokens, this.#tokens + tokens);
  }
}
