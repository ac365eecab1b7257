import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, type Cancel } from '../platform/clock.ts';
import { audit } from '../platform/logging/audit.ts';
import { Log } from '../platform/logging/log.ts';
import { serverConfig, type LogLevel, type ServerOptions } from '../platform/server.config.ts';

/** What is logged at the moment. */
export interface Logging {
  readonly level: LogLevel;
  /** When it goes back by itself, by the wall clock in ms, and to what. */
  readonly until?: { readonly at: number; readonly level: LogLevel };
}

/** How talkative the log of this process is: as configured, until somebody says otherwise. */
@Injectable()
export class LogLevels implements OnApplicationShutdown {
  /** What it goes back to. */
  #lasting: LogLevel;
  #until: Logging['until'];
  #cancel: Cancel = () => undefined;

  constructor(
    @Inject(serverConfig.KEY) { logLevel }: ServerOptions,
    private readonly log: Log,
    private readonly clock: Clock,
  ) {
    this.#lasting = logLevel;
  }

  get current(): Logging {
    return { level: this.log.level, ...(this.#until && { until: this.#until }) };
  }

  /** For good, or for that many seconds: then it is again what it was before the first of those. */
  change(level: LogLevel, forS?: number | null): Logging {
    const before = this.log.level;
    this.#cancel();
    this.#until = undefined;
    if (forS) this.goBackAfter(forS * 1_000);
    else this.#lasting = level;
    this.apply(level, { before, forS, by: 'an operator' });
    return this.current;
  }

  onApplicationShutdown(): void {
    this.#cancel();
  }

  private goBackAfter(delayMs: number): void {
    this.#until = { at: this.clock.wallTime() + delayMs, level: this.#lasting };
    this.#cancel = this.clock.schedule(() => {
      const before = this.log.level;
      this.#until = undefined;
      this.apply(this.#lasting, { before, by: 'the time set for it' });
    }, delayMs);
  }

  /** Told whatever is logged otherwise. */
  private apply(level: LogLevel, why: object): void {
    audit(this.log, { logLevel: level, ...why }, 'The log level was changed');
    this.log.level = level;
  }
}
