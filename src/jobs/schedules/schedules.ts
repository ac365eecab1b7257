import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { outsideContext } from '../../platform/context/request-context.ts';
import { findScheduled } from './find-scheduled.ts';
import { readSchedules } from './read-schedules.ts';
import { ScheduledRuns } from './scheduled-runs.ts';

/** Runs what is marked `@Scheduled`, from when the application has started until it stops. */
@Injectable()
export class Schedules implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #stopping = new AbortController();
  #following: readonly Promise<void>[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly runs: ScheduledRuns,
  ) {}

  /** @throws Error that ends the start, naming what is declared wrongly */
  async onApplicationBootstrap(): Promise<void> {
    const schedules = await readSchedules(findScheduled(this.discovery));
    const { signal } = this.#stopping;
    this.#following = outsideContext(() => schedules.map((schedule) => this.runs.follow(schedule, signal)));
  }

  /** What runs is told, and waited for a few seconds. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping.abort(new ScheduleStopped());
    await Promise.all(this.#following);
  }
}

export class ScheduleStopped extends Error {
  constructor() {
    super('The process stops');
    this.name = 'ScheduleStopped';
  }
}
