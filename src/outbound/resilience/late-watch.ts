import type { Cancel, Clock } from '../../platform/clock.ts';
import type { Leg } from './leg.ts';

/** A timer that is later than this ran in a busy process, in ms: the answer may be here, and nobody has read it yet. */
const BUSY_MS = 2;

/** Tells once when an attempt is late. It may have been sent later than it began, or its answer may be coming already. */
export class LateWatch {
  #cancelTimer: Cancel = () => undefined;
  #hasLookedAgain = false;

  constructor(
    private readonly leg: Leg,
    private readonly clock: Clock,
    private readonly onLate: () => void,
  ) {}

  /** @param afterMs when it is late, in ms since it was sent */
  start(afterMs: number, inMs = afterMs): void {
    this.#cancelTimer = this.clock.schedule(() => this.look(afterMs), inMs);
  }

  stop(): void {
    this.#cancelTimer();
  }

  private look(afterMs: number): void {
    const { record, awaitedMs } = this.leg;
    if (record.firstByteMs !== undefined) return;
    const lateMs = awaitedMs === undefined ? 0 : awaitedMs - afterMs;
    if (lateMs <= -1) return this.start(afterMs, -lateMs);
    if (lateMs > BUSY_MS && !this.#hasLookedAgain) {
      this.#hasLookedAgain = true;
      return this.start(afterMs, 1);
    }
    this.onLate();
  }
}
