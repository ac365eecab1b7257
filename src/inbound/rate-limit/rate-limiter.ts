/** How a caller stands after one more request. */
export interface Tally {
  /** Requests of the current window, this one included; may be more than allowed. */
  readonly used: number;
  /** Until the window ends. */
  readonly resetMs: number;
}

/** Counts requests in windows that begin with a caller's first request. */
export abstract class RateLimiter {
  /** Counts one more. Never fails, and waits for nothing longer than a moment. */
  abstract count(key: string): Promise<Tally>;
}
