import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from '../../platform/durations.ts';
import { Clock } from '../../platform/clock.ts';
import { Log } from '../../platform/logging/log.ts';
import type { Judgement } from './judge-answer.ts';
import type { DeliveryFailure, KeptSubscription, Subscription } from './subscription.ts';
import { SubscriptionStore } from './subscription-store.ts';

/** Notes at a subscription how its deliveries go, at most once a minute for the same news. */
@Injectable()
export class DeliveryNotes {
  constructor(
    private readonly store: SubscriptionStore,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Never throws: a note is not worth a repeated delivery. */
  async take(kept: KeptSubscription, judgement: Judgement): Promise<void> {
    try {
      if (judgement.outcome === 'gone') return await this.store.disable(kept.id);
      const news = this.newsOf(kept.value, judgement);
      // Another delivery has noted something at this very moment: that will do.
      if (news) await this.store.change(kept, news);
    } catch (error) {
      this.log.warn({ subscriptionId: kept.id, error }, 'A delivery could not be noted');
    }
  }

  private newsOf(
    { lastDeliveredAt, lastFailure }: Subscription,
    judgement: Judgement,
  ): Partial<Subscription> | undefined {
    const now = this.clock.wallTime();
    if (judgement.outcome !== 'failed')
      return isSameMinute(lastDeliveredAt, now) ? undefined : { lastDeliveredAt: now - (now % MINUTE_MS) };
    const { status, detail } = judgement;
    return isKnown(lastFailure, { at: now, status, detail }) ? undefined : { lastFailure: { at: now, status, detail } };
  }
}

const isSameMinute = (noted: number | null, now: number): boolean =>
  noted !== null && Math.floor(noted / MINUTE_MS) === Math.floor(now / MINUTE_MS);

const isKnown = (noted: DeliveryFailure | null, news: DeliveryFailure): boolean =>
  noted !== null && noted.detail === news.detail && isSameMinute(noted.at, news.at);
