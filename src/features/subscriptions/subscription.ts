import type { CallOwner } from '../../outbound/index.ts';
import type { StoredRecord } from '../../platform/records/records.ts';

/** The latest attempt at a delivery that failed. */
export interface DeliveryFailure {
  /** In ms since 1970. */
  readonly at: number;
  /** Null: there was no answer. */
  readonly status: number | null;
  /** For its subscriber. */
  readonly detail: string;
}

/** Who wants to be told of what, and where; as it is kept. Times are ms since 1970. */
export interface Subscription {
  readonly owner: CallOwner;
  /** `toOwnerKey` of it. */
  readonly ownerKey: string;
  readonly url: string;
  readonly topics: readonly string[];
  /** Shown once, to whoever makes the subscription, and never logged. */
  readonly secret: string;
  /** The receiver said that it wants no more (410): nothing is delivered from then on. */
  readonly disabledAt: number | null;
  /** To the minute. */
  readonly lastDeliveredAt: number | null;
  readonly lastFailure: DeliveryFailure | null;
}

export type KeptSubscription = StoredRecord<Subscription>;

/** The collection of them in the records. */
export const SUBSCRIPTIONS = 'subscriptions';

export const ofOwner = (ownerKey: string): string => `owner:${ownerKey}`;
export const ofTopic = (topic: string): string => `topic:${topic}`;

/** The lists that a subscription is in: a disabled one is no topic's any more. */
export const listsOf = ({ ownerKey, topics, disabledAt }: Subscription): string[] => [
  'all',
  ofOwner(ownerKey),
  ...(disabledAt === null ? topics.map(ofTopic) : []),
];
