import type { Endpoint } from '../../outbound/index.ts';
import type { EjectionOptions } from '../routes/target-options.ts';

/** What a server that begins to serve has of its share at first. */
const LEAST_RAMP = 0.1;

/** One server: what it is doing, and how it has been doing. Times are on the clock's monotonic scale. */
export class ServerState {
  /** Requests under way. */
  outstanding = 0;
  /** What of the calls it should have at present, beside the shares of the others. */
  share = 1;
  /** Where it stands among all, the first being 0. */
  place = 0;
  /** What weighted round robin owes it. */
  credit = 0;
  /** What probes found; true until they did. */
  isHealthy = true;
  ejectedUntil = -Infinity;
  #failuresInRow = 0;
  #ejections = 0;

  /** @param servesSince when it was added, or came back; in the future while it is ejected */
  constructor(
    public endpoint: Endpoint,
    private servesSince: number,
  ) {}

  isOut(now: number): boolean {
    return !this.isHealthy || now < this.ejectedUntil;
  }

  countSuccess(): void {
    this.#failuresInRow = 0;
  }

  /**
   * @param begunAt when the failed request was; one begun before the server was back tells nothing about how it is now
   * @returns how many in a row that makes; 0 when it does not count
   */
  countFailure(begunAt: number): number {
    if (!this.isHealthy || begunAt < this.servesSince) return 0;
    this.#failuresInRow += 1;
    return this.#failuresInRow;
  }

  /** Leaves it out for `forMs`, and that much longer for each time this happened lately, `maxMs` at most. */
  eject(now: number, { forMs, maxMs }: EjectionOptions): void {
    // One time is forgotten for each `forMs` that it served since. More times than `maxMs` has room for are not remembered.
    const forgotten = Math.max(0, Math.floor((now - this.ejectedUntil) / forMs));
    const remembered = Math.max(0, this.#ejections - forgotten);
    this.#ejections = Math.min(remembered + 1, Math.ceil(maxMs / forMs));
    this.ejectedUntil = this.servesSince = now + Math.min(maxMs, forMs * this.#ejections);
    this.#failuresInRow = 0;
  }

  /** What a probe found. One that is back begins anew, but an ejection lasts its time all the same. */
  setHealth(isHealthy: boolean, now: number): void {
    if (isHealthy && !this.isHealthy) {
      this.servesSince = Math.max(this.servesSince, now);
      this.#failuresInRow = 0;
    }
    this.isHealthy = isHealthy;
  }

  /** How much of its weight it has `now`: slow start goes from a tenth evenly to all of it. */
  rampAt(now: number, slowStartMs: number): number {
    const servedMs = now - this.servesSince;
    if (servedMs >= slowStartMs) return 1;
    return LEAST_RAMP + (1 - LEAST_RAMP) * Math.max(0, servedMs / slowStartMs);
  }

  /** When slow start will be over. */
  fullAt(slowStartMs: number): number {
    return this.servesSince + slowStartMs;
  }
}
