import { Clock, type Cancel } from '../../platform/clock.ts';
import type { Log } from '../../platform/logging/log.ts';

type Write = () => Promise<void>;

/** Together less than the time that a request of the default length is taken to be at work for. */
const DELAYS_MS = [1_000, 5_000, 20_000];

/** Each holds an answer. What comes beyond that is given up at once. */
const MAX_WAITING = 100;

/** Writes what a store that is gone for a moment must not lose. What is given up, the time of its claim ends. */
export class Persistence {
  readonly #waiting = new Set<Cancel>();

  constructor(
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Writes it now; when the store is gone, a few times more, for which nobody waits. */
  async insist(write: Write): Promise<void> {
    if (!(await isWritten(write))) this.catchUp(write);
  }

  /** Writes it in a while. */
  catchUp(write: Write, delaysMs: readonly number[] = DELAYS_MS): void {
    const [delayMs, ...rest] = delaysMs;
    if (delayMs === undefined || this.#waiting.size >= MAX_WAITING) return this.giveUp();
    const cancel = this.clock.schedule(() => {
      this.#waiting.delete(cancel);
      void isWritten(write).then((done) => (done ? undefined : this.catchUp(write, rest)));
    }, delayMs);
    this.#waiting.add(cancel);
  }

  /** Nothing is written any more but what is asked for from now on. */
  stop(): void {
    for (const cancel of this.#waiting) cancel();
    this.#waiting.clear();
  }

  private giveUp(): void {
    this.log.warn({}, 'How a request with an Idempotency-Key ended could not be kept: the store of these is gone');
  }
}

/** Whatever the store fails with: the request itself has ended, and its caller is to hear how. */
const isWritten = (write: Write): Promise<boolean> =>
  write().then(
    () => true,
    () => false,
  );
