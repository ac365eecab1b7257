import type { Redis } from 'ioredis';
import type { Clock } from '../clock.ts';
import { withoutCredentials } from '../logging/safe-text.ts';
import type { Log } from '../logging/log.ts';
import type { Patience } from './patience.ts';

const FIRST_PAUSE_MS = 1_000;

/** What Redis said; undefined when it did not. */
export type Answer<T> = { readonly value: T } | undefined;

/** Stands before a Redis that may be gone, slow or broken: asking it never fails and never takes long. */
export class RedisGuard {
  #failures = 0;
  #pauseMs = FIRST_PAUSE_MS;
  #pausedUntil = -Infinity;
  #isProbing = false;
  #isLost = false;
  #reason = 'the connection was lost';
  readonly #unsent = new Set<() => void>();

  constructor(
    private readonly redis: Redis,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly patience: Patience,
  ) {
    redis.on('error', (error) => (this.#reason = reasonOf(error)));
    redis.on('reconnecting', () => this.tellLost());
    redis.on('ready', () => this.useConnection());
  }

  /** How long Redis will not be asked anything, in ms. */
  get pauseLeftMs(): number {
    return Math.max(0, this.#pausedUntil - this.clock.now());
  }

  /**
   * What `question` is answered in time; it is not even asked while Redis is known not to answer. After a pause one
   * question finds out, and the others go without. `onLate` hears what is answered when nobody waits any more.
   */
  async ask<T>(question: () => Promise<T>, onLate: (value: T) => void = () => undefined): Promise<Answer<T>> {
    if (this.pauseLeftMs > 0 || this.#isProbing || !this.isConnectable) return undefined;
    this.#isProbing = this.#failures >= this.patience.maxFailures;
    try {
      const value = await this.inTime(question, onLate);
      this.succeed();
      return { value };
    } catch (error) {
      this.fail(error as Error | undefined);
      return undefined;
    }
  }

  private get isConnectable(): boolean {
    const { status } = this.redis;
    return status === 'ready' || (this.patience.waitsForConnection && status !== 'end');
  }

  private inTime<T>(question: () => Promise<T>, onLate: (value: T) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      let isOver = false;
      const giveUp = (): void => {
        isOver = true;
        this.#unsent.delete(send);
        reject(new Error(`no answer within ${this.patience.limitMs} ms`));
      };
      // What has arrived meanwhile is read first: when this process is busy, that does not make Redis slow.
      const cancel = this.clock.schedule(() => void setImmediate(giveUp), this.patience.limitMs);
      const hear = (value: T): void => (isOver ? onLate(value) : resolve(value));
      const send = (): void => void question().finally(cancel).then(hear, reject);
      if (this.redis.status === 'ready') send();
      else this.#unsent.add(send);
    });
  }

  /** Redis is connected anew: whatever it did before, it is asked again. */
  private useConnection(): void {
    if (this.patience.waitsForConnection) this.succeed();
    this.resume();
    for (const send of this.#unsent) send();
    this.#unsent.clear();
  }

  private resume(): void {
    this.#pausedUntil = -Infinity;
    this.#isProbing = false;
  }

  private succeed(): void {
    this.#failures = 0;
    this.#pauseMs = FIRST_PAUSE_MS;
    this.resume();
    if (!this.#isLost) return;
    this.#isLost = false;
    this.log.info({}, this.patience.backMessage);
  }

  private fail(error: Error | undefined): void {
    // Asked before the pause began: tells nothing new.
    if (this.pauseLeftMs > 0) return;
    this.#failures += 1;
    this.#reason = reasonOf(error);
    this.#isProbing = false;
    if (this.#failures < this.patience.maxFailures) return;
    this.#pausedUntil = this.clock.now() + this.#pauseMs;
    this.#pauseMs = Math.min(this.patience.longestPauseMs, 2 * this.#pauseMs);
    this.tellLost();
  }

  private tellLost(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.log.warn({ reason: this.#reason }, this.patience.lostMessage);
  }
}

/** Never the error itself: that of a command holds its arguments, passwords and bodies included. */
const reasonOf = (error: NodeJS.ErrnoException | undefined): string =>
  withoutCredentials(error?.message || error?.code || 'unknown');
