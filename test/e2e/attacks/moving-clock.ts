import { SystemClock } from '../../../src/platform/clock.ts';

/** Goes as the real one does, and can be put forward; what is scheduled takes real time. */
export class MovingClock extends SystemClock {
  #aheadMs = 0;

  override now(): number {
    return super.now() + this.#aheadMs;
  }

  override wallTime(): number {
    return super.wallTime() + this.#aheadMs;
  }

  putForward(ms: number): void {
    this.#aheadMs += ms;
  }

  /** For claims of tokens. */
  get epochSeconds(): number {
    return Math.floor(this.wallTime() / 1_000);
  }
}
