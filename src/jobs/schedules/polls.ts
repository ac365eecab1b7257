import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import { outsideContext } from '../../platform/context/request-context.ts';
import { HOUR_MS } from '../../platform/durations.ts';
import { Log } from '../../platform/logging/log.ts';
import { Tracing } from '../../platform/telemetry/tracing.ts';
import { Vault } from '../../platform/vault/vault.ts';
import { Holding } from './holding.ts';
import { lead } from './lead.ts';
import { pollUntil, type PollOptions } from './poll-loop.ts';

/**
 * Polls of resources that tell nobody when they change. A poll is made while it is started, by one process at a time
 * of those that started it under that name; when that one stops or dies, another goes on within seconds.
 */
@Injectable()
export class Polls implements BeforeApplicationShutdown {
  readonly #underWay = new Map<AbortController, Promise<void>>();
  #isClosed = false;

  constructor(
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly tracing: Tracing,
  ) {}

  /**
   * Polls from now on, at once the first time, until what is returned is called: that ends the poll under way, too.
   * The interval doubles while nothing changes, and while polling fails; after a change it is the shortest again.
   * Every poll is made in a background context with a deadline. Several of one name in one process count as several.
   * @throws TypeError for an interval below 100 ms, or a longest one below that or above a day
   */
  start(options: PollOptions): () => void {
    const { name, intervalMs, maxIntervalMs } = options;
    if (!(intervalMs >= 100 && intervalMs <= maxIntervalMs && maxIntervalMs <= 24 * HOUR_MS))
      throw new TypeError(`Poll ${name}: give an interval from 100 ms, and a longest one from that to a day`);
    if (this.#isClosed) return () => undefined;
    const controller = new AbortController();
    // It belongs to no request, whoever had it started.
    const running = outsideContext(() => this.run(options, controller.signal));
    this.#underWay.set(controller, running);
    void running.finally(() => this.#underWay.delete(controller));
    return () => controller.abort(new PollingStopped());
  }

  /** While the store can still be told that somebody else may go on. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#isClosed = true;
    for (const controller of this.#underWay.keys()) controller.abort(new PollingStopped());
    await Promise.all(this.#underWay.values());
  }

  private run(options: PollOptions, signal: AbortSignal): Promise<void> {
    const { vault, clock, log, tracing } = this;
    const holding = new Holding(vault, clock, `poll ${options.name}`);
    return lead({ clock, holding, signal }, (term) => pollUntil({ clock, log, tracing }, options, term));
  }
}

export class PollingStopped extends Error {
  constructor() {
    super('Polling was stopped');
    this.name = 'PollingStopped';
  }
}
