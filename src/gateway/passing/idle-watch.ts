import type { Cancel, Clock } from '../../platform/clock.ts';

/** Notices that nothing happens where something should. Has one timer at most, which is not armed anew each time. */
export class IdleWatch {
  #cancel: Cancel | undefined;
  #since = 0;
  #isWaiting = false;

  constructor(
    private readonly clock: Clock,
    private readonly idleMs: number,
    private readonly onIdle: () => void,
  ) {}

  /** From now on something should happen; or just has, and more should. */
  expect(): void {
    this.#since = this.clock.now();
    this.#isWaiting = true;
    this.#cancel ??= this.clock.schedule(this.#look, this.idleMs);
  }

  /** Nothing need happen until `expect` is called. */
  rest(): void {
    this.#isWaiting = false;
  }

  /** For good: leaves no timer. */
  stop(): void {
    this.#isWaiting = false;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  readonly #look = (): void => {
    this.#cancel = undefined;
    if (!this.#isWaiting) return;
    const leftMs = this.#since + this.idleMs - this.clock.now();
    if (leftMs > 0) this.#cancel = this.clock.schedule(this.#look, leftMs);
    else {
      this.#isWaiting = false;
      this.onIdle();
    }
  };
}
