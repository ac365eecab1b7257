import type { Endpoint } from '../../outbound/index.ts';
import type { Cancel, Clock } from '../../platform/clock.ts';
import { unlessAborted } from '../../platform/unless-aborted.ts';
import type { ProbeOptions } from '../routes/target-options.ts';

/** Whether a server is well; to be given up when the signal aborts. Failing means no. */
export type AskServer = (endpoint: Endpoint, signal: AbortSignal) => Promise<boolean>;

export interface ServerProbeParts {
  readonly options: ProbeOptions;
  readonly ask: AskServer;
  readonly report: (endpoint: Endpoint, isHealthy: boolean) => void;
  readonly clock: Clock;
  /** Gives [0, 1). */
  readonly random: () => number;
}

/** Intervals vary by so much, up and down: servers that were found together are not asked together for ever. */
const JITTER = 0.1;

/** Asks one server over and over, at once to begin with. It is not asked again before it has answered or been given up. */
export class ServerProbe {
  readonly #closing = new AbortController();
  #cancelNext: Cancel = () => {};
  #failuresInRow = 0;

  /** @param endpoint may be replaced by what else is said of the same server */
  constructor(
    public endpoint: Endpoint,
    private readonly parts: ServerProbeParts,
  ) {
    void this.run();
  }

  /** Leaves no timer; what is under way is given up, and nothing more is reported. */
  close(): void {
    this.#closing.abort();
    this.#cancelNext();
  }

  private async run(): Promise<void> {
    const { clock, options, random } = this.parts;
    const startedAt = clock.now();
    await this.probe();
    if (this.#closing.signal.aborted) return;
    const nextAt = startedAt + options.intervalMs * (1 + JITTER * (2 * random() - 1));
    this.#cancelNext = clock.schedule(() => void this.run(), Math.max(0, nextAt - clock.now()));
  }

  private async probe(): Promise<void> {
    const { clock, options } = this.parts;
    const giveUp = new AbortController();
    const cancelTimeout = clock.schedule(() => giveUp.abort(), options.timeoutMs);
    const stop = (): void => {
      cancelTimeout();
      giveUp.abort();
    };
    this.#closing.signal.addEventListener('abort', stop);
    const answer = this.ask(giveUp.signal);
    this.note(await unlessAborted(answer, giveUp.signal).catch(() => false));
    cancelTimeout();
    this.#closing.signal.removeEventListener('abort', stop);
    // One that does not heed the signal is waited for, so that they do not pile up.
    await answer;
  }

  private async ask(signal: AbortSignal): Promise<boolean> {
    try {
      return await this.parts.ask(this.endpoint, signal);
    } catch {
      return false;
    }
  }

  private note(isWell: boolean): void {
    if (this.#closing.signal.aborted) return;
    this.#failuresInRow = isWell ? 0 : this.#failuresInRow + 1;
    const { options, report } = this.parts;
    if (isWell) report(this.endpoint, true);
    else if (this.#failuresInRow >= options.failures) report(this.endpoint, false);
  }
}
