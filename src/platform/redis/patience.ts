/** What somebody puts up with from a Redis that may be gone, slow or broken, and what is logged of it. */
export interface Patience {
  /** What one question may cost, waiting for a connection included. */
  readonly limitMs: number;
  /** After so many failures in a row Redis is left alone: for 1 s, then for twice as long each time. */
  readonly maxFailures: number;
  /** The longest that it is left alone; 1,000 at least. */
  readonly longestPauseMs: number;
  /**
   * Whether a question waits for a connection that is being made, or made again; then a new connection is as good as
   * an answer. Without, what is not connected is not asked, and a new connection is tried with one question.
   */
  readonly waitsForConnection: boolean;
  /** Logged once when Redis is lost, as a warning with the reason. */
  readonly lostMessage: string;
  /** Logged once when it is back. */
  readonly backMessage: string;
}
