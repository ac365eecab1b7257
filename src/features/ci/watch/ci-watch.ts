import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { PollResult } from '../../../jobs/schedules/poll-loop.ts';
import { Polls } from '../../../jobs/schedules/polls.ts';
import { EventHub } from '../../../realtime/event-hub.ts';
import type { Board } from './board.ts';
import { BoardReader } from './board-reader.ts';
import { CI_TOPIC } from './ci-topic.ts';
import { findChanges } from './find-changes.ts';

const INTERVAL_MS = 5_000;
/** While nothing changes. */
const MAX_INTERVAL_MS = 60_000;
/** Some forty questions, one after the other, to a service that may be slow. */
const DEADLINE_MS = 120_000;

/** Tells on topic `ci` what changes in the CI service, while somebody listens: one poll, however many do, in all instances. */
@Injectable()
export class CiWatch implements OnModuleInit, OnApplicationBootstrap {
  #known: Board | undefined;

  constructor(
    private readonly hub: EventHub,
    private readonly polls: Polls,
    private readonly reader: BoardReader,
  ) {}

  onModuleInit(): void {
    this.hub.declare(CI_TOPIC);
  }

  onApplicationBootstrap(): void {
    let stop: (() => void) | undefined;
    this.hub.onDemand(CI_TOPIC.name, (isWanted) => {
      stop?.();
      stop = isWanted ? this.watch() : undefined;
    });
  }

  private watch(): () => void {
    return this.polls.start({
      name: 'ci',
      intervalMs: INTERVAL_MS,
      maxIntervalMs: MAX_INTERVAL_MS,
      deadlineMs: DEADLINE_MS,
      begin: () => (this.#known = undefined),
      poll: (signal) => this.look(signal),
    });
  }

  private async look(signal: AbortSignal): Promise<PollResult> {
    const before = this.#known;
    const now = await this.reader.read(before, signal);
    this.#known = now;
    const events = before ? findChanges(before, now) : [{ type: 'watch.started', data: {} }];
    for (const event of events) await this.hub.publish(CI_TOPIC.name, event);
    return events.length > 0 ? 'changed' : 'unchanged';
  }
}
