import type { OnModuleDestroy } from '@nestjs/common';
import { CallQueue, type Attempted, type CallHandler } from '../../src/jobs/call-queue.ts';
import { Cancellation } from '../../src/platform/cancellation.ts';
import type { Cancel, Clock } from '../../src/platform/clock.ts';

interface Queued {
  /** Absent: a worker has it. */
  readonly cancel?: Cancel;
}

/** When an attempt could not be judged, as the store did not answer. */
const AFTER_FAULT_MS = 5_000;

/**
 * A queue for tests that are not about where it is: in memory, under the same contract. Every id that is due is attempted at once;
 * what runs when it is closed is stopped.
 */
export class MemoryQueue extends CallQueue implements OnModuleDestroy {
  readonly #queued = new Map<string, Queued>();
  readonly #due = new Set<string>();
  readonly #listeners: ((callId: string) => void)[] = [];
  readonly #active = new Set<Promise<void>>();
  readonly #stopping = new Cancellation();
  #handler: CallHandler | undefined;
  #isClosed = false;

  constructor(private readonly clock: Clock) {
    super();
  }

  add(callId: string, delayMs: number): Promise<void> {
    if (!this.#queued.has(callId)) this.schedule(callId, delayMs);
    return Promise.resolve();
  }

  remove(callId: string): Promise<boolean> {
    const cancel = this.#queued.get(callId)?.cancel;
    cancel?.();
    this.#due.delete(callId);
    return Promise.resolve(cancel !== undefined && this.#queued.delete(callId));
  }

  has(callId: string): Promise<boolean> {
    return Promise.resolve(this.#queued.has(callId));
  }

  work(handler: CallHandler): Promise<void> {
    this.#handler = handler;
    for (const callId of this.#due) this.deliver(callId);
    return Promise.resolve();
  }

  announceCancel(callId: string): Promise<void> {
    for (const listener of this.#listeners) listener(callId);
    return Promise.resolve();
  }

  onCancel(listener: (callId: string) => void): void {
    this.#listeners.push(listener);
  }

  /** The worker is dead: what it had goes to whoever works next, and whatever it still says is not heard. */
  loseWorker(): void {
    this.#handler = undefined;
    for (const [callId, { cancel }] of this.#queued) if (!cancel) this.schedule(callId, 0);
  }

  /** All is forgotten, as when the store behind a queue is lost. */
  forgetAll(): void {
    for (const { cancel } of this.#queued.values()) cancel?.();
    this.#queued.clear();
    this.#due.clear();
  }

  async onModuleDestroy(): Promise<void> {
    this.#isClosed = true;
    for (const { cancel } of this.#queued.values()) cancel?.();
    this.#stopping.abort(new Error('The queue is closed'));
    await Promise.all(this.#active);
  }

  private schedule(callId: string, delayMs: number): void {
    const cancel = this.clock.schedule(() => {
      this.#due.add(callId);
      this.deliver(callId);
    }, delayMs);
    this.#queued.set(callId, { cancel });
  }

  private deliver(callId: string): void {
    if (!this.#handler || this.#isClosed) return;
    this.#due.delete(callId);
    const mine: Queued = {};
    this.#queued.set(callId, mine);
    const done = this.#handler(callId, this.#stopping)
      .catch((): Attempted => ({ isOver: false, againInMs: AFTER_FAULT_MS }))
      .then((attempted) => this.follow(callId, mine, attempted))
      .finally(() => this.#active.delete(done));
    this.#active.add(done);
  }

  private follow(callId: string, mine: Queued, attempted: Attempted): void {
    if (this.#queued.get(callId) !== mine) return;
    this.#queued.delete(callId);
    if (!attempted.isOver && !this.#isClosed) this.schedule(callId, attempted.againInMs);
  }
}
