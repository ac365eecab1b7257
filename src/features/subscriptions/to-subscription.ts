import type { KeptSubscription } from './subscription.ts';
import type { SubscriptionDto } from './subscriptions.dto.ts';

/** As its owner sees it: field by field, for the secret is not among them. */
export const toSubscription = ({ id, createdAt, value }: KeptSubscription): SubscriptionDto => {
  const { url, topics, disabledAt, lastDeliveredAt, lastFailure } = value;
  return {
    ...{ id, url, topics, state: disabledAt === null ? 'active' : 'disabled' },
    createdAt: toTime(createdAt),
    lastDeliveredAt: lastDeliveredAt === null ? null : toTime(lastDeliveredAt),
    lastFailure: lastFailure && { ...lastFailure, at: toTime(lastFailure.at) },
  };
};

const toTime = (ms: number): string => new Date(ms).toISOString();
