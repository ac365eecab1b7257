import type { Redis } from 'ioredis';
import type { Clock } from '../clock.ts';
import { withoutCredentials } from '../logging/describe-error.ts';
import type { Log } from '../logging/log.ts';
import { VaultUnavailable } from './vault.ts';

/** What one question may cost, waiting for a connection included. */
const LIMIT_MS = 250;
const MAX_FAILURES = 3;
/** Short, as nobody can log in meanwhile; each time one question finds out. */
const PAUSE_MS = 1_000;

/** Stands between the vault and a Redis that may be gone, slow or broken: no question takes long. */
export class RedisGuard {
  #failures = 0;
  #pausedUntil = -Infinity;
  #isProbing = false;
  #isLost = false;
  #reason = 'the connection was lost';
  readonly #unsent = new Set<() => void>();

  constructor(
    private readonly redis: Redis,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    redis.on('error', (error) => (this.#reason = reasonOf(error)));
    redis.on('reconnecting', () => this.tellLost());
    redis.on('ready', () => this.resume());
  }

  /**
   * What Redis answers within 250 ms. After three failures in a row it is not asked for a second, then once.
   * `onLate` hears what comes later than that.
   * @throws VaultUnavailable
   */
  async ask<T>(question: () => Promise<T>, onLate: (answer: T) => void = () => undefined): Promise<T> {
    const isPaused = this.clock.now() < this.#pausedUntil;
    if (isPaused || this.#isProbing || this.redis.status === 'end') throw new VaultUnavailable();
    this.#isProbing = this.#failures >= MAX_FAILURES;
    try {
      const answer = await this.inTime(question, onLate);
      this.succeed();
      return answer;
    } catch (error) {
      this.fail(error);
      throw new VaultUnavailable();
    }
  }

  private inTime<T>(question: () => Promise<T>, onLate: (answer: T) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      let isOver = false;
      const giveUp = (): void => {
        isOver = true;
        this.#unsent.delete(send);
        reject(new Error(`no answer within ${LIMIT_MS} ms`));
      };
      // What has arrived meanwhile is read first: when this process is busy, that does not make Redis slow.
      const cancel = this.clock.schedule(() => void setImmediate(giveUp), LIMIT_MS);
      const hear = (answer: T): void => (isOver ? onLate(answer) : resolve(answer));
      const send = (): void => void question().finally(cancel).then(hear, reject);
      // One that is being made, or made again, is worth a moment.
      if (this.redis.status === 'ready') send();
      else this.#unsent.add(send);
    });
  }

  /** Redis is connected anew: whatever it did before, it is asked again. */
  private resume(): void {
    this.succeed();
    const unsent = [...this.#unsent];
    this.#unsent.clear();
    for (const send of unsent) send();
  }

  private succeed(): void {
    this.#failures = 0;
    this.#pausedUntil = -Infinity;
    this.#isProbing = false;
    if (!this.#isLost) return;
    this.#isLost = false;
    this.log.info({}, 'Redis is back: sessions and tokens can be read again');
  }

  private fail(error: unknown): void {
    // Asked before the pause began: tells nothing new.
    if (this.clock.now() < this.#pausedUntil) return;
    this.#failures += 1;
    this.#reason = reasonOf(error);
    this.#isProbing = false;
    if (this.#failures < MAX_FAILURES) return;
    this.#pausedUntil = this.clock.now() + PAUSE_MS;
    this.tellLost();
  }

  private tellLost(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.log.warn(
      { reason: this.#reason },
      'Redis does not answer: sessions and tokens cannot be read until it is back',
    );
  }
}

/** Never the error itself: that of a command holds its arguments. */
const reasonOf = (error: unknown): string => {
  const { message, code } = error as { message?: string; code?: string };
  return withoutCredentials(message || code || 'unknown');
};
