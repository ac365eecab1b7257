import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { BackgroundCalls, TooManyCalls, type NewCall } from '../../jobs/background-calls.ts';
import { persist } from '../../jobs/persist.ts';
import { Clock } from '../../platform/clock.ts';
import { outsideContext } from '../../platform/context/request-context.ts';
import { Log } from '../../platform/logging/log.ts';
import { EventHub, type HubEvent } from '../../realtime/event-hub.ts';
import { DELIVER, type DeliveryInput } from './delivery.dto.ts';
import { inBatches } from './in-batches.ts';
import { mayTell } from './may-tell.ts';
import { Subscribers } from './subscribers.ts';

/** Events of this process that wait to be handed out. Each may have 32 KiB. */
const MAX_WAITING = 1_000;

/** A store that is restarted is back by then: it is tried once a second. */
const TRIES = 60;

/** Calls that are handed to the store at the same time. */
const AT_ONCE = 16;

/** Makes of each event a delivery for each of those who have subscribed to it: one event after another, in their order. */
@Injectable()
export class EventFanOut implements OnModuleInit, BeforeApplicationShutdown {
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();
  readonly #stopping = new AbortController();

  constructor(
    private readonly hub: EventHub,
    private readonly subscribers: Subscribers,
    private readonly calls: BackgroundCalls,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.hub.onPublished((event) => this.take(event));
  }

  /** What has happened is still told, if the store is there. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping.abort(new Error('The process stops'));
    await this.#last;
  }

  private take(event: HubEvent): void {
    if (this.#waiting >= MAX_WAITING) return this.giveUp(event, 'too many events are waiting already');
    this.#waiting += 1;
    const timestamp = new Date(this.clock.wallTime()).toISOString();
    const handOut = async (): Promise<void> => {
      try {
        await this.handOut(event, timestamp);
      } catch (error) {
        this.giveUp(event, error instanceof Error ? error.name : 'unknown');
      } finally {
        this.#waiting -= 1;
      }
    };
    // Whoever's request it was that something happened in, this is none of it.
    this.#last = outsideContext(() => this.#last.then(handOut));
  }

  private async handOut(event: HubEvent, timestamp: string): Promise<void> {
    const again = { clock: this.clock, tries: TRIES, stopping: this.#stopping.signal };
    const subscribers = await persist(again, () => this.subscribers.of(event.topic));
    const isOwned = this.hub.find(event.topic)?.isOwned ?? false;
    const told = subscribers.filter((subscriber) => mayTell(event, { isOwned, ...subscriber }));
    await inBatches(told, AT_ONCE, ({ subscriptionId }) => {
      const input = toDelivery(event, subscriptionId, timestamp);
      const delivery = { operation: DELIVER, input, owner: null, room: subscriptionId };
      return persist(again, () => this.submit(delivery, event));
    });
  }

  /** Of a receiver that takes nothing for long, no more than a thousand wait. */
  private async submit(delivery: NewCall, event: HubEvent): Promise<void> {
    try {
      await this.calls.submit(delivery);
    } catch (error) {
      if (!(error instanceof TooManyCalls)) throw error;
      this.giveUp(event, `too many deliveries of subscription ${delivery.room} are waiting already`);
    }
  }

  private giveUp({ topic, type }: HubEvent, reason: string): void {
    this.log.error({ topic, type, reason }, 'Subscribers are not told of an event');
  }
}

/** An event has an id of its own on its topic only. */
const toDelivery = ({ topic, id, type, data }: HubEvent, subscriptionId: string, timestamp: string): DeliveryInput => ({
  ...{ subscriptionId, type, timestamp, data },
  eventId: `${topic}_${id.replaceAll(/[^\w-]/g, '_')}`,
});
