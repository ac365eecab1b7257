import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import { EmbeddedDatabase } from '../../platform/embedded/embedded-database.ts';
import { Records, type RecordPage, type RecordPosition } from '../../platform/records/records.ts';
import { RedisConnections } from '../../platform/redis/redis-connections.ts';
import { listsOf, ofOwner, ofTopic, SUBSCRIPTIONS, type KeptSubscription, type Subscription } from './subscription.ts';

interface Page {
  readonly limit: number;
  readonly position?: RecordPosition | undefined;
}

/** As often as others may change a subscription at the very same moment. */
const MAX_TRIES = 5;

/** Where subscriptions are kept. All methods fail with `RecordsUnavailable` when the store is gone. */
@Injectable()
export class SubscriptionStore {
  readonly #listeners: (() => void)[] = [];
  #hasAdded = false;

  constructor(
    private readonly records: Records,
    private readonly clock: Clock,
    private readonly connections: RedisConnections,
    private readonly embedded: EmbeddedDatabase,
  ) {}

  /** Hears of every subscription that this process adds, removes or disables. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  async add(value: Subscription): Promise<KeptSubscription> {
    const id = randomUUID();
    this.#hasAdded = true;
    await this.records.insert(SUBSCRIPTIONS, { id, value, lists: listsOf(value) });
    this.tell();
    return { id, version: 1, createdAt: this.clock.wallTime(), value };
  }

  find(id: string): Promise<KeptSubscription | undefined> {
    return this.records.get<Subscription>(SUBSCRIPTIONS, id);
  }

  async remove(id: string): Promise<void> {
    await this.records.delete(SUBSCRIPTIONS, id);
    this.tell();
  }

  /** False when somebody else has changed it. */
  change({ id, version, value }: KeptSubscription, changed: Partial<Subscription>): Promise<boolean> {
    return this.records.replace<Subscription>(SUBSCRIPTIONS, id, version, { value: { ...value, ...changed } });
  }

  /** Nothing is delivered to it any more. */
  async disable(id: string): Promise<void> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const kept = await this.find(id);
      if (kept === undefined || kept.value.disabledAt !== null) return;
      const value = { ...kept.value, disabledAt: this.clock.wallTime() };
      if (await this.records.replace(SUBSCRIPTIONS, id, kept.version, { value, lists: listsOf(value) })) break;
    }
    this.tell();
  }

  /** The newest first. */
  ofOwner(ownerKey: string, { limit, position }: Page): Promise<RecordPage<Subscription>> {
    return this.records.list<Subscription>(SUBSCRIPTIONS, ofOwner(ownerKey), { limit, after: position });
  }

  countOf(ownerKey: string): Promise<number> {
    return this.records.count(SUBSCRIPTIONS, ofOwner(ownerKey));
  }

  /** Of everybody, but for disabled ones. */
  async ofTopic(topic: string, { limit, position }: Page): Promise<RecordPage<Subscription>> {
    if (!this.mayHoldAny) return { items: [], next: null };
    return this.records.list<Subscription>(SUBSCRIPTIONS, ofTopic(topic), { limit, after: position });
  }

  /** This is asked at every start: an embedded store is not made just to find nothing in it. */
  get mayHoldAny(): boolean {
    return this.connections.isConfigured || this.embedded.exists || this.#hasAdded;
  }

  private tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
