import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import type { RecordPosition } from '../../platform/records/records.ts';
import { SubscriptionStore } from './subscription-store.ts';

/** What of a subscription decides who is told. */
export interface Subscriber {
  readonly subscriptionId: string;
  readonly ownerKey: string;
}

/** Others may have come and gone, in other processes, for so long. */
const FRESH_MS = 10_000;

const PAGE = 1_000;

interface Known {
  readonly subscribers: Promise<readonly Subscriber[]>;
  readonly since: number;
}

/** Who has subscribed to what, remembered for a moment: the store is not asked at each event. */
@Injectable()
export class Subscribers {
  readonly #known = new Map<string, Known>();

  constructor(
    private readonly store: SubscriptionStore,
    private readonly clock: Clock,
  ) {
    store.onChange(() => this.#known.clear());
  }

  /** What this process itself has changed is seen at once. @throws RecordsUnavailable */
  of(topic: string): Promise<readonly Subscriber[]> {
    const known = this.#known.get(topic);
    const since = this.clock.now();
    if (known && since - known.since < FRESH_MS) return known.subscribers;
    const reading: Known = { subscribers: this.read(topic), since };
    this.#known.set(topic, reading);
    reading.subscribers.catch(() => this.forget(topic, reading));
    return reading.subscribers;
  }

  private forget(topic: string, reading: Known): void {
    if (this.#known.get(topic) === reading) this.#known.delete(topic);
  }

  private async read(topic: string): Promise<readonly Subscriber[]> {
    const subscribers: Subscriber[] = [];
    let position: RecordPosition | null | undefined;
    while (position !== null) {
      const { items, next } = await this.store.ofTopic(topic, { limit: PAGE, position });
      for (const { id, value } of items) subscribers.push({ subscriptionId: id, ownerKey: value.ownerKey });
      position = next;
    }
    return subscribers;
  }
}
