import type { Redis } from 'ioredis';
import type { Cancel, Clock } from '../../../platform/clock.ts';
import { withoutCredentials } from '../../../platform/logging/describe-error.ts';
import type { Log } from '../../../platform/logging/log.ts';

/** What one question may cost; a lookup may need two. */
const LIMIT_MS = 25;
const MAX_FAILURES = 3;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** What Redis said; undefined when it did not. */
export type Answer<T> = { readonly value: T } | undefined;

/** Stands between the cache and a Redis that may be gone, slow or broken: asking it never fails and never takes long. */
export class RedisGuard {
  #failures = 0;
  #pauseMs = FIRST_PAUSE_MS;
  #pausedUntil = -Infinity;
  #isProbing = false;
  #isLost = false;
  #reason = 'the connection was lost';

  constructor(
    private readonly redis: Redis,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    redis.on('error', (error) => (this.#reason = reasonOf(error)));
    redis.on('reconnecting', () => this.tellLost());
  }

  /** How long Redis will not be asked anything, in ms. */
  get pauseLeftMs(): number {
    return Math.max(0, this.#pausedUntil - this.clock.now());
  }

  /** What `question` is answered within 25 ms; it is not even asked while Redis is known not to answer. */
  async ask<T>(question: () => Promise<T>): Promise<Answer<T>> {
    if (this.redis.status !== 'ready' || this.pauseLeftMs > 0 || this.#isProbing) return undefined;
    this.#isProbing = this.#failures >= MAX_FAILURES;
    try {
      const value = await this.inTime(question());
      this.succeed();
      return { value };
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  /** Redis is connected anew: whatever it did before, it is asked again. */
  resume(): void {
    this.#pausedUntil = -Infinity;
    this.#isProbing = false;
  }

  private inTime<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => reject(new Error(`no answer within ${LIMIT_MS} ms`));
      // What has arrived meanwhile is read first: when this process is busy, that does not make Redis slow.
      const cancel: Cancel = this.clock.schedule(() => void setImmediate(giveUp), LIMIT_MS);
      answer.finally(cancel).then(resolve, reject);
    });
  }

  private succeed(): void {
    this.#failures = 0;
    this.#pauseMs = FIRST_PAUSE_MS;
    this.resume();
    if (!this.#isLost) return;
    this.#isLost = false;
    this.log.info({}, 'Redis is back: the cache is shared again');
  }

  private fail(error: unknown): void {
    // Asked before the pause began: tells nothing new.
    if (this.pauseLeftMs > 0) return;
    this.#failures += 1;
    this.#reason = reasonOf(error);
    this.#isProbing = false;
    if (this.#failures < MAX_FAILURES) return;
    this.#pausedUntil = this.clock.now() + this.#pauseMs;
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * this.#pauseMs);
    this.tellLost();
  }

  private tellLost(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.log.warn({ reason: this.#reason }, 'Redis does not answer: the cache works on memory alone until it is back');
  }
}

/** Never the error itself: that of a command holds its arguments, passwords and bodies included. */
const reasonOf = (error: unknown): string => {
  const { message, code } = error as { message?: string; code?: string };
  return withoutCredentials(message || code || 'unknown');
};
