import type { Clock } from '../../platform/clock.ts';
import { SlidingWindow } from './sliding-window.ts';

export interface CircuitOptions {
  readonly breakerFailureRatio: number;
  readonly breakerWindowMs: number;
  readonly breakerMinAttempts: number;
  readonly breakerOpenMs: number;
  readonly breakerMaxOpenMs: number;
  readonly breakerProbes: number;
  readonly breakerSlowRatio: number;
  readonly breakerMinSlowAttempts: number;
}

export type CircuitState = 'closed' | 'open' | 'half_open';

/** What an attempt told about its host; `nothing` when it was cancelled before it could tell. */
export type Outcome = 'success' | 'failure' | 'nothing';

/** Which period of the circuit's life an attempt was let through in: what it tells later concerns that period only. */
export type Pass = number;

/** Time is drawn from this share of the open time upwards, so that many processes do not probe at once. */
const LEAST_OPEN_SHARE = 0.8;

/** Whether one host may be called: closed while it does well, open while it does not, half open to find out. */
export class Circuit {
  #state: CircuitState = 'closed';
  #period: Pass = 0;
  #openUntil = 0;
  #timesOpened = 0;
  #probesUnderWay = 0;
  #probesSucceeded = 0;
  readonly #window: SlidingWindow;

  constructor(
    private readonly options: CircuitOptions,
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {
    this.#window = new SlidingWindow(options.breakerWindowMs, clock);
  }

  get state(): CircuitState {
    return this.#state;
  }

  /** How long it stays open from now, in ms. */
  get opensForMs(): number {
    return Math.max(0, this.#openUntil - this.clock.now());
  }

  /** Lets an attempt through, or returns undefined. What was let through is reported by `record`, once. */
  tryPass(): Pass | undefined {
    if (this.#state === 'closed') return this.#period;
    if (this.#state === 'open') {
      if (this.opensForMs > 0) return undefined;
      this.enter('half_open');
      this.#probesUnderWay = this.#probesSucceeded = 0;
    }
    if (this.#probesUnderWay + this.#probesSucceeded >= this.options.breakerProbes) return undefined;
    this.#probesUnderWay += 1;
    return this.#period;
  }

  record(pass: Pass, outcome: Outcome, isSlow: boolean): void {
    if (pass !== this.#period) return;
    if (this.#state === 'half_open') this.recordProbe(outcome);
    else if (outcome !== 'nothing') this.recordAttempt(outcome === 'failure', isSlow);
  }

  /** Closes it, and forgets all it has been told; attempts under way tell it nothing any more. */
  reset(): void {
    this.#openUntil = 0;
    this.close();
  }

  private recordProbe(outcome: Outcome): void {
    this.#probesUnderWay -= 1;
    if (outcome === 'failure') return this.open();
    if (outcome === 'success') this.#probesSucceeded += 1;
    if (this.#probesSucceeded >= this.options.breakerProbes) this.close();
  }

  private recordAttempt(isFailure: boolean, isSlow: boolean): void {
    this.#window.add(isFailure, isSlow);
    if (!isFailure && !isSlow) return;
    const { attempts, failures, slow } = this.#window.total();
    const { breakerMinAttempts, breakerFailureRatio, breakerMinSlowAttempts, breakerSlowRatio } = this.options;
    const isFailing = attempts >= breakerMinAttempts && failures / attempts >= breakerFailureRatio;
    const isSlowing = attempts >= breakerMinSlowAttempts && slow / attempts >= breakerSlowRatio;
    if (isFailing || isSlowing) this.open();
  }

  private open(): void {
    const { breakerOpenMs, breakerMaxOpenMs } = this.options;
    const openMs = Math.min(breakerMaxOpenMs, breakerOpenMs * 2 ** Math.min(this.#timesOpened, 30));
    this.#openUntil = this.clock.now() + openMs * (LEAST_OPEN_SHARE + (1 - LEAST_OPEN_SHARE) * this.random());
    this.#timesOpened += 1;
    this.enter('open');
  }

  private close(): void {
    this.enter('closed');
    this.#timesOpened = 0;
    this.#window.clear();
  }

  private enter(state: CircuitState): void {
    this.#state = state;
    this.#period += 1;
  }
}
