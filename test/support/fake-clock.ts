import { Clock, type Cancel } from '../../src/platform/clock.ts';

interface Task {
  readonly dueAt: number;
  readonly run: () => void;
}

/** Time that stands still until a test moves it. */
export class FakeClock extends Clock {
  #now = 0;
  readonly #startedAt: number;
  readonly #tasks = new Set<Task>();

  constructor(wallTime = Date.UTC(2026, 0, 1)) {
    super();
    this.#startedAt = wallTime;
  }

  now(): number {
    return this.#now;
  }

  wallTime(): number {
    return this.#startedAt + this.#now;
  }

  /** Timers not yet due, nor cancelled. */
  get pending(): number {
    return this.#tasks.size;
  }

  schedule(run: () => void, delayMs: number): Cancel {
    const task = { dueAt: this.#now + delayMs, run };
    this.#tasks.add(task);
    return () => void this.#tasks.delete(task);
  }

  /** Moves time on, running what falls due in order, with all that follows from each before the next. */
  async advance(byMs: number): Promise<void> {
    const until = this.#now + byMs;
    for (let task = this.nextDue(until); task; task = this.nextDue(until)) {
      this.#tasks.delete(task);
      this.#now = task.dueAt;
      task.run();
      await settled();
    }
    this.#now = until;
    await settled();
  }

  private nextDue(until: number): Task | undefined {
    const due = [...this.#tasks].filter(({ dueAt }) => dueAt <= until);
    return due.sort((one, other) => one.dueAt - other.dueAt)[0];
  }
}

/** Lets everything run that waits for nothing but its turn. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
