import { Injectable, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { Clock, type Cancel } from '../../platform/clock.ts';
import { Log } from '../../platform/logging/log.ts';
import { EventHub } from '../../realtime/event-hub.ts';
import { SubscriptionStore } from './subscription-store.ts';
import { Subscribers } from './subscribers.ts';

/** How long it may take until this process knows of what others have changed. */
const LOOK_EVERY_MS = 60_000;

/** Wants the events of every topic that somebody has subscribed to: what is polled is polled for webhooks, too. */
@Injectable()
export class TopicDemand implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #wanted = new Map<string, () => void>();
  #next: Cancel = () => undefined;
  #looking: Promise<void> | undefined;
  #isStopped = false;

  constructor(
    private readonly hub: EventHub,
    private readonly subscribers: Subscribers,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly store: SubscriptionStore,
  ) {
    store.onChange(() => void this.look());
  }

  /** The start waits for no store. */
  onApplicationBootstrap(): void {
    void this.look();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#isStopped = true;
    this.#next();
    await this.#looking;
    for (const end of this.#wanted.values()) end();
    this.#wanted.clear();
  }

  /** Never rejects. One look after another: what changes during one is seen by the next. */
  private look(): Promise<void> {
    this.#looking = (this.#looking ?? Promise.resolve()).then(() => this.lookOnce());
    return this.#looking;
  }

  private async lookOnce(): Promise<void> {
    if (this.#isStopped) return;
    this.#next();
    try {
      for (const { name } of this.hub.all()) this.want(name, (await this.subscribers.of(name)).length > 0);
    } catch (error) {
      this.log.debug(
        { reason: error instanceof Error ? error.name : 'unknown' },
        'Nobody knows who has subscribed to what',
      );
    }
    // Where nobody can have subscribed yet, a subscription of this very process is what comes first.
    if (!this.#isStopped && this.store.mayHoldAny)
      this.#next = this.clock.schedule(() => void this.look(), LOOK_EVERY_MS);
  }

  private want(topic: string, isWanted: boolean): void {
    const end = this.#wanted.get(topic);
    if (isWanted && !end && !this.#isStopped) this.#wanted.set(topic, this.hub.want(topic));
    if (isWanted || !end) return;
    this.#wanted.delete(topic);
    end();
  }
}
