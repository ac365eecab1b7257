import type { Subscription } from '../../../src/features/subscriptions/subscription.ts';
import { SubscriptionStore } from '../../../src/features/subscriptions/subscription-store.ts';
import type { Clock } from '../../../src/platform/clock.ts';
import type { EmbeddedDatabase } from '../../../src/platform/embedded/embedded-database.ts';
import type { Records } from '../../../src/platform/records/records.ts';
import type { RedisConnections } from '../../../src/platform/redis/redis-connections.ts';

/** The store of one process on these records; `hasStore`: whether there is anything to look into. */
export const storeOn = (records: Records, clock: Clock, { hasStore = true } = {}): SubscriptionStore =>
  new SubscriptionStore(
    records,
    clock,
    { isConfigured: hasStore } as RedisConnections,
    { exists: hasStore } as EmbeddedDatabase,
  );

export const buildSubscription = (own: Partial<Subscription> = {}): Subscription => ({
  ...{ owner: { issuer: 'https://login.example.com', subject: 'ada' }, ownerKey: 'ada', topics: ['ci'] },
  ...{ url: 'https://hooks.example.com/', secret: 'whsec_never-to-be-logged' },
  ...{ disabledAt: null, lastDeliveredAt: null, lastFailure: null },
  ...own,
});
