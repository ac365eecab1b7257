import { Injectable } from '@nestjs/common';
import { HOUR_MS, MINUTE_MS } from '../../platform/durations.ts';
import { BackgroundOperation, type BackgroundAttempt } from '../../outbound/index.ts';
import { DELIVER, DeliveryInput, TEST_TYPE } from './delivery.dto.ts';
import { DeliveryAttempts } from './delivery-attempts.ts';
import { DeliveryNotes } from './delivery-notes.ts';
import { toFinal } from './to-final.ts';
import { SubscriptionStore } from './subscription-store.ts';

const SECOND_MS = 1_000;

/** The schedule of Standard Webhooks 1.0.0, "Deliverability and reliability": ten attempts in 75 hours and 35 minutes. */
export const RETRY_DELAYS_MS = [
  ...[5 * SECOND_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 5 * HOUR_MS],
  ...[10 * HOUR_MS, 14 * HOUR_MS, 20 * HOUR_MS, 24 * HOUR_MS],
];

/** What became of a delivery. */
export interface Delivered {
  readonly delivered: boolean;
  /** Of the receiver's answer. */
  readonly status?: number;
  /** Why it was not delivered. */
  readonly reason?: string;
}

/** Brings events to those who have subscribed. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly store: SubscriptionStore,
    private readonly attempts: DeliveryAttempts,
    private readonly notes: DeliveryNotes,
  ) {}

  /** Once or more often: receivers tell repetitions by the id. @throws UpstreamError when it was not delivered this time */
  @BackgroundOperation({
    ...{ name: DELIVER, input: DeliveryInput, access: 'internal', repeatable: 'always' },
    retryDelaysMs: RETRY_DELAYS_MS,
  })
  async deliver(input: DeliveryInput, { signal }: BackgroundAttempt): Promise<Delivered> {
    const kept = await this.store.find(input.subscriptionId);
    if (kept === undefined) return { delivered: false, reason: 'the subscription is gone' };
    if (kept.value.disabledAt !== null) return { delivered: false, reason: 'the receiver wants no more' };
    const judgement = await this.attempts.make(kept, input, signal);
    await this.notes.take(kept, judgement);
    // Whoever tries a receiver out wants to know now.
    if (judgement.outcome === 'failed') throw input.type === TEST_TYPE ? toFinal(judgement) : judgement.error;
    return { delivered: judgement.outcome === 'delivered', status: judgement.status };
  }
}
